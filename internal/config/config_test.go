package config_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"baken/internal/config"
)

func load(t *testing.T, file string, env map[string]string) (config.Config, error) {
	t.Helper()
	dir := t.TempDir()
	if file != "" {
		if err := os.WriteFile(filepath.Join(dir, "baken.toml"), []byte(file), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return config.Load("", dir, func(k string) string { return env[k] })
}

func TestDefaultsAreSafe(t *testing.T) {
	c, err := load(t, "", nil)
	if err != nil {
		t.Fatal(err)
	}
	if !c.Loopback() || c.Figures.Daily {
		t.Fatal("without settings Baken is reachable from outside or calls out by itself")
	}
	if len(c.Municipalities) != 1 || c.Municipalities[0].Code != "GM0556" {
		t.Fatalf("municipalities %+v", c.Municipalities)
	}
}

func TestRefusals(t *testing.T) {
	for name, row := range map[string]struct {
		file, want string
		env        map[string]string
	}{
		"unknown key":        {"lissten = \":80\"", "unknown setting", nil},
		"unknown nested key": {"[session]\nidel = \"5m\"", "unknown setting", nil},
		"open without tls":   {"listen = \"0.0.0.0:80\"", "tls_cert", nil},
		"proxy without https": {
			"listen = \"0.0.0.0:80\"\nproxy = \"10.0.0.0/8\"", "tls_cert", nil},
		"half a certificate": {"tls_cert = \"x\"", "go together", nil},
		"endless session":    {"[session]\nidle = \"24h\"", "at most", nil},
		"no length":          {"[session]\nidle = \"0s\"", "not a length", nil},
		"wrong code":         {"[[municipality]]\ncode=\"556\"\nname=\"x\"", "GM0556", nil},
		"no host": {
			"[[municipality]]\ncode=\"GM0001\"\nname=\"a\"\n[[municipality]]\ncode=\"GM0002\"\nname=\"b\"", "needs a host", nil},
		"one database for two": {
			"[[municipality]]\ncode=\"GM0001\"\nname=\"a\"\nhost=\"a\"\ndatabase=\"postgres://x\"\n[[municipality]]\ncode=\"GM0002\"\nname=\"b\"\nhost=\"b\"\ndatabase=\"postgres://x\"", "same database", nil},
		"environment for two": {
			"[[municipality]]\ncode=\"GM0001\"\nname=\"a\"\nhost=\"a\"\n[[municipality]]\ncode=\"GM0002\"\nname=\"b\"\nhost=\"b\"", "cannot serve 2", map[string]string{"BAKEN_DATABASE": "postgres://x"}},
		"bad address": {"public_url = \"baken\"", "not an http", nil},
	} {
		_, err := load(t, row.file, row.env)
		if err == nil || !strings.Contains(err.Error(), row.want) {
			t.Errorf("%s: err = %v, want one that says %q", name, err, row.want)
		}
	}
}

func TestNamedFileMustExist(t *testing.T) {
	if _, err := config.Load(filepath.Join(t.TempDir(), "none.toml"), "", os.Getenv); err == nil {
		t.Fatal("a settings file that was named and is missing passed for the defaults")
	}
}

func TestDescribeHidesThePassword(t *testing.T) {
	c, err := load(t, "", map[string]string{"BAKEN_DATABASE": "postgres://u:geheim@h/d"})
	if err != nil {
		t.Fatal(err)
	}
	s, err := c.Describe()
	if err != nil || strings.Contains(s, "geheim") || !strings.Contains(s, "postgres://u") {
		t.Fatalf("%v: %s", err, s)
	}
	again, err := load(t, strings.ReplaceAll(s, "xxxxx", "geheim"), nil)
	if err != nil || again.Municipalities[0].Database != "postgres://u:geheim@h/d" {
		t.Fatalf("what is described cannot be read back: %v", err)
	}
}

func TestSecretFileRights(t *testing.T) {
	name := filepath.Join(t.TempDir(), "key")
	if err := os.WriteFile(name, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	if config.SecretFile(name) == nil {
		t.Fatal("a key that everybody can read was accepted")
	}
	if err := os.Chmod(name, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := config.SecretFile(name); err != nil {
		t.Fatal(err)
	}
}
