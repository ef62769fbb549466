//go:build !embedassets

package assets

import (
	"os"
	"syscall"
)

// claim waits until this process alone holds the file. The kernel gives it up
// when the process ends, so a killed test leaves nothing behind.
func claim(name string) (release func(), err error) {
	f, err := os.OpenFile(name, os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, err
	}
	if err := syscall.Flock(int(f.Fd()), syscall.LOCK_EX); err != nil {
		f.Close()
		return nil, err
	}
	return func() { f.Close() }, nil
}
