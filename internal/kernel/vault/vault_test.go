package vault_test

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"baken/internal/kernel/vault"
)

func open(t *testing.T, file string) *vault.Vault {
	t.Helper()
	v, err := vault.Open(file)
	if err != nil {
		t.Fatal(err)
	}
	return v
}

func TestSealedOpensInItsPlaceOnly(t *testing.T) {
	v := open(t, filepath.Join(t.TempDir(), "keys", "vault"))
	sealed := v.Seal([]byte("geheim"), "account/1")
	if bytes.Contains(sealed, []byte("geheim")) {
		t.Fatal("the text is readable")
	}
	if plain, err := v.Open(sealed, "account/1"); err != nil || string(plain) != "geheim" {
		t.Fatal(string(plain), err)
	}
	if _, err := v.Open(sealed, "account/2"); err == nil {
		t.Fatal("opened in the row of somebody else")
	}
	for i := range sealed {
		bad := bytes.Clone(sealed)
		bad[i] ^= 1
		if _, err := v.Open(bad, "account/1"); err == nil {
			t.Fatalf("a flipped bit in byte %d was not noticed", i)
		}
	}
	if _, err := v.Open(nil, "account/1"); err == nil {
		t.Fatal("nothing opened")
	}
}

func TestNewKeySealsAndOldKeyStillOpens(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vault")
	old := open(t, file).Seal([]byte("x"), "p")
	first, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(first, []byte(strings.Repeat("ab", 32)+"\n")...), 0o600); err != nil {
		t.Fatal(err)
	}
	v := open(t, file)
	if plain, err := v.Open(old, "p"); err != nil || string(plain) != "x" {
		t.Fatal("what the old key sealed is lost", err)
	}
	if bytes.Equal(v.Seal([]byte("x"), "p")[:4], old[:4]) {
		t.Fatal("the new key is not used")
	}
}

func TestKeyFileIsPrivateAndChecked(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vault")
	open(t, file)
	info, err := os.Stat(file)
	if err != nil || info.Mode().Perm() != 0o600 {
		t.Fatalf("mode %v, %v", info.Mode(), err)
	}
	for _, bad := range []string{"", "zz", "abcd"} {
		if err := os.WriteFile(file, []byte(bad), 0o600); err != nil {
			t.Fatal(err)
		}
		if _, err := vault.Open(file); err == nil || (bad != "" && strings.Contains(err.Error(), bad)) {
			t.Errorf("key file %q: err = %v; must be refused and not shown", bad, err)
		}
	}
}

// A record's key opens what it sealed, in its place only, and is itself useless
// without the vault or in another record.
func TestKeysOfRecords(t *testing.T) {
	v := open(t, filepath.Join(t.TempDir(), "vault"))
	key, sealed := v.Grow("dossier/1/key")
	body := key.Seal([]byte("geheim"), "dossier/1/1")
	again, err := v.Unlock(sealed, "dossier/1/key")
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := again.Open(body, "dossier/1/1"); err != nil || string(plain) != "geheim" {
		t.Fatal(string(plain), err)
	}
	if _, err := again.Open(body, "dossier/1/2"); err == nil {
		t.Error("opened in another place")
	}
	if _, err := v.Unlock(sealed, "dossier/2/key"); err == nil {
		t.Error("a key was moved to another record")
	}
	other, _ := v.Grow("dossier/2/key")
	if _, err := other.Open(body, "dossier/1/1"); err == nil {
		t.Error("the key of another record opened it")
	}
	if _, err := open(t, filepath.Join(t.TempDir(), "vault")).Unlock(sealed, "dossier/1/key"); err == nil {
		t.Error("opened with another vault")
	}
}

func TestMarksFindEqualTexts(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vault")
	v := open(t, file)
	mark := v.Mark("havenkade 112", "place")
	if mark != v.Mark("havenkade 112", "place") || mark == v.Mark("havenkade 113", "place") || mark == v.Mark("havenkade 112", "person") {
		t.Error("a mark is of one text for one use")
	}
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(file, append(raw, []byte(strings.Repeat("ab", 32)+"\n")...), 0o600); err != nil {
		t.Fatal(err)
	}
	if open(t, file).Mark("havenkade 112", "place") != mark {
		t.Error("a newer key changed the marks")
	}
	if open(t, filepath.Join(t.TempDir(), "vault")).Mark("havenkade 112", "place") == mark {
		t.Error("another vault makes the same mark")
	}
}

// A key is changed while another program has the file open: what either seals, both
// open; renewed rows need the newest only; marks stay.
func TestKeyIsChangedWhilePeopleWork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vault")
	running := open(t, file)
	sealed, mark := running.Seal([]byte("geheim"), "a"), running.Mark("Kade 1", "place")
	key, grown := running.Grow("k")
	content := key.Seal([]byte("inhoud"), "1")

	if err := vault.Add(file); err != nil {
		t.Fatal(err)
	}
	other := open(t, file)
	newer := other.Seal([]byte("nieuw"), "b")
	if plain, err := running.Open(newer, "b"); err != nil || string(plain) != "nieuw" {
		t.Fatalf("a running program cannot open what another sealed with the new key: %v", err)
	}
	if _, changed, err := running.Renew(running.Seal([]byte("x"), "c"), "c"); changed || err != nil {
		t.Errorf("a running program still seals with the old key: %v", err)
	}
	renewed, changed, err := running.Renew(sealed, "a")
	if err != nil || !changed {
		t.Fatal(changed, err)
	}
	if _, _, err := running.Renew(sealed, "elsewhere"); err == nil {
		t.Error("bytes from another place were renewed")
	}
	regrown, _, err := running.Renew(grown, "k")
	if err != nil {
		t.Fatal(err)
	}

	now := time.Now()
	if err := vault.Retire(file, now); err == nil {
		t.Error("the old key was taken away while a program may still use it")
	}
	if err := vault.Retire(file, now.Add(2*time.Hour)); err != nil {
		t.Fatal(err)
	}
	last := open(t, file)
	if plain, err := last.Open(renewed, "a"); err != nil || string(plain) != "geheim" {
		t.Errorf("what was renewed does not open: %v", err)
	}
	if _, err := last.Open(sealed, "a"); err == nil {
		t.Error("what the old key sealed still opens")
	}
	if k, err := last.Unlock(regrown, "k"); err != nil {
		t.Errorf("a record's key that was renewed: %v", err)
	} else if plain, err := k.Open(content, "1"); err != nil || string(plain) != "inhoud" {
		t.Errorf("and its content: %v", err)
	}
	if last.Mark("Kade 1", "place") != mark {
		t.Error("marks changed: nothing that was marked is found any more")
	}
	if info, err := os.Stat(file); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the file of keys is %v for others", info.Mode())
	}
}

func TestKeysFromTheEnvironment(t *testing.T) {
	file := filepath.Join(t.TempDir(), "vault")
	sealed := open(t, file).Seal([]byte("x"), "p")
	raw, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	v, err := vault.Parse(string(raw))
	if err != nil {
		t.Fatal(err)
	}
	if plain, err := v.Open(sealed, "p"); err != nil || string(plain) != "x" {
		t.Error(err)
	}
	for _, bad := range []string{"", "zz", strings.Repeat("ab", 31), "marks:abcd"} {
		if _, err := vault.Parse(bad); err == nil {
			t.Errorf("%q is taken for a key", bad)
		} else if bad != "" && strings.Contains(err.Error(), bad) {
			t.Errorf("the error tells the key: %v", err)
		}
	}
}
