// Package tenancy chooses the municipality of a request by its host name, and
// nothing else. Each municipality has its own database, keys, log, jobs and
// caches, so nothing below this choice could mix them up (architecture.md 7).
package tenancy

import (
	"fmt"
	"net"
	"strings"
)

// Registry holds what belongs to each municipality. It does not change after start.
type Registry[T any] struct {
	byHost map[string]T
	any    *T
}

// New binds host names to municipalities. An empty host serves every name and is
// allowed only when it is alone.
func New[T any](hosts map[string]T) (*Registry[T], error) {
	r := &Registry[T]{byHost: map[string]T{}}
	for host, t := range hosts {
		if host == "" {
			if len(hosts) > 1 {
				return nil, fmt.Errorf("tenancy: a municipality without host name cannot stand beside others")
			}
			r.any = &t
			continue
		}
		r.byHost[strings.ToLower(host)] = t
	}
	return r, nil
}

// Of returns the municipality of a request's Host header. The port and the case
// do not count. A name that nobody has is refused, not guessed.
func (r *Registry[T]) Of(host string) (T, bool) {
	if r.any != nil {
		return *r.any, true
	}
	if h, _, err := net.SplitHostPort(host); err == nil {
		host = h
	}
	t, ok := r.byHost[strings.ToLower(strings.TrimSuffix(host, "."))]
	return t, ok
}
