// Package config holds all settings in one struct with documented defaults. A key
// that is not known is refused: a misspelt safety setting must not pass for the
// default. Secrets are files or environment variables, never arguments.
package config

import (
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// Config is every setting. The zero value of a field means its default.
type Config struct {
	// Data is the folder of everything Baken stores on disk.
	Data string `toml:"data"`
	// Listen is the address to serve on. Only the machine itself reaches the default.
	Listen string `toml:"listen"`
	// PublicURL is how browsers reach the program; passkeys and links depend on it.
	PublicURL string `toml:"public_url"`
	// Cert and Key are files of the TLS certificate and its key. Without them TLS
	// ends in a proxy on the same machine, which Proxy then names.
	Cert string `toml:"tls_cert"`
	Key  string `toml:"tls_key"`
	// Proxy is the network (CIDR) of the proxy whose X-Forwarded-For is believed.
	Proxy string `toml:"proxy"`
	// Municipalities are those that this process serves, each by its own host name
	// and with its own database. Empty means Maassluis, the model municipality.
	Municipalities []Municipality `toml:"municipality"`
	Session        Session        `toml:"session"`
	Figures        Figures        `toml:"figures"`
	Backup         Backup         `toml:"backup"`
	// VaultKeys are the keys of the vault themselves, from BAKEN_VAULT_KEYS: of one
	// municipality only, and never from the file of settings.
	VaultKeys string `toml:"-"`
}

// Municipality is one controller with its own database, keys and log.
type Municipality struct {
	Code string `toml:"code"` // CBS code: GM0556
	Name string `toml:"name"`
	Host string `toml:"host"` // host name in the address; empty serves every host
	// Database is a PostgreSQL connection string; empty is a SQLite file in Data.
	Database string `toml:"database"`
	// Checkpoints is the folder that signed heads of the audit log go to: a mount that
	// this machine can add to but not rewrite. Empty is a folder in Data.
	Checkpoints string `toml:"checkpoints"`
	// Vault is the file with the keys of the vault, where a secret store puts them. Empty
	// is a file in Data, which is made when it is not there.
	Vault string `toml:"vault"`
	// Contact is whom a colleague asks who may not see something.
	Contact string `toml:"contact"`
}

// Session limits how long a sign-in lasts (security.md control 23).
type Session struct {
	Idle     Duration `toml:"idle"`
	Absolute Duration `toml:"absolute"`
}

// Figures names the services that open figures come from.
type Figures struct {
	Politie string `toml:"politie"` // OData v3, tables of the Politie
	CBS     string `toml:"cbs"`     // OData v4, tables of CBS
	// Daily fetches new figures every day; off until the administrator turns it on,
	// because nothing calls out by itself.
	Daily bool `toml:"daily"`
}

// Backup names who can read a backup.
type Backup struct {
	// Recipients are age public keys; their secret halves are not on this machine.
	Recipients []string `toml:"recipients"`
}

// Duration is a length of time as text: "15m".
type Duration time.Duration

// UnmarshalText reads "15m" or "10h".
func (d *Duration) UnmarshalText(b []byte) error {
	v, err := time.ParseDuration(string(b))
	if err != nil || v <= 0 {
		return fmt.Errorf("%q is not a length of time such as 15m or 10h", b)
	}
	*d = Duration(v)
	return nil
}

// MarshalText writes it back.
func (d Duration) MarshalText() ([]byte, error) { return []byte(time.Duration(d).String()), nil }

// Load reads the settings: defaults, then the file (data/baken.toml when file is
// empty, which need not exist), then the environment (BAKEN_DATA, BAKEN_DATABASE,
// BAKEN_LISTEN, BAKEN_PUBLIC_URL, BAKEN_VAULT_KEYS), then data when it is not empty. getenv is
// os.Getenv, or the test's own.
func Load(file, data string, getenv func(string) string) (Config, error) {
	c := Config{Data: data}
	if c.Data == "" {
		c.Data = getenv("BAKEN_DATA")
	}
	if c.Data == "" {
		c.Data = "var"
	}
	named := file != ""
	if !named {
		file = filepath.Join(c.Data, "baken.toml")
	}
	folder := c.Data
	meta, err := toml.DecodeFile(file, &c)
	if errors.Is(err, fs.ErrNotExist) && !named {
		err = nil
	}
	if err != nil {
		return c, fmt.Errorf("config: %s: %w", file, err)
	}
	if unknown := meta.Undecoded(); len(unknown) > 0 {
		return c, fmt.Errorf("config: %s: unknown setting %q", file, unknown[0].String())
	}
	if data != "" || getenv("BAKEN_DATA") != "" {
		c.Data = folder // what was said at the call stands above the file
	}
	for name, field := range map[string]*string{"BAKEN_LISTEN": &c.Listen, "BAKEN_PUBLIC_URL": &c.PublicURL} {
		if v := getenv(name); v != "" {
			*field = v
		}
	}
	c.defaults()
	if v := getenv("BAKEN_DATABASE"); v != "" {
		if len(c.Municipalities) > 1 {
			return c, fmt.Errorf("config: BAKEN_DATABASE cannot serve %d municipalities: each has its own database, named in the file", len(c.Municipalities))
		}
		c.Municipalities[0].Database = v
	}
	if c.VaultKeys = getenv("BAKEN_VAULT_KEYS"); c.VaultKeys != "" && len(c.Municipalities) > 1 {
		return c, fmt.Errorf("config: BAKEN_VAULT_KEYS cannot serve %d municipalities: each has its own keys, in the file that its setting vault names", len(c.Municipalities))
	}
	return c, c.check()
}

func (c *Config) defaults() {
	set := func(field *string, value string) {
		if *field == "" {
			*field = value
		}
	}
	set(&c.Listen, "127.0.0.1:8080")
	set(&c.PublicURL, "http://localhost:8080")
	set(&c.Figures.Politie, "https://dataderden.cbs.nl")
	set(&c.Figures.CBS, "https://datasets.cbs.nl/odata/v1/CBS")
	if c.Session.Idle == 0 {
		c.Session.Idle = Duration(15 * time.Minute)
	}
	if c.Session.Absolute == 0 {
		c.Session.Absolute = Duration(10 * time.Hour)
	}
	if len(c.Municipalities) == 0 {
		c.Municipalities = []Municipality{{Code: "GM0556", Name: "Maassluis"}}
	}
	for i := range c.Municipalities {
		m := &c.Municipalities[i]
		set(&m.Checkpoints, filepath.Join(c.Folder(*m), "checkpoints"))
		set(&m.Contact, "de applicatiebeheerder")
	}
}

// Folder is the data folder of one municipality: its own, so that no file path
// leads to another one's.
func (c *Config) Folder(m Municipality) string { return filepath.Join(c.Data, strings.ToLower(m.Code)) }

// VaultFile is the file with the keys of a municipality's vault.
func (c *Config) VaultFile(m Municipality) string {
	if m.Vault != "" {
		return m.Vault
	}
	return filepath.Join(c.Folder(m), "keys", "vault.key")
}

// Place is what db.Open needs for a municipality.
func (c *Config) Place(m Municipality) string {
	if m.Database != "" {
		return m.Database
	}
	return filepath.Join(c.Folder(m), "baken.db")
}

// check refuses settings that are wrong or unsafe, each with what to do.
func (c *Config) check() error {
	public, err := url.Parse(c.PublicURL)
	if err != nil || public.Host == "" || (public.Scheme != "http" && public.Scheme != "https") {
		return fmt.Errorf("config: public_url %q is not an http or https address", c.PublicURL)
	}
	if (c.Cert == "") != (c.Key == "") {
		return fmt.Errorf("config: tls_cert and tls_key go together")
	}
	if c.Proxy != "" {
		if _, _, err := net.ParseCIDR(c.Proxy); err != nil {
			return fmt.Errorf("config: proxy %q is not a network such as 10.0.0.0/8", c.Proxy)
		}
	}
	if !c.Loopback() && c.Cert == "" && (public.Scheme != "https" || c.Proxy == "") {
		return fmt.Errorf("config: %s is reached from other machines: set tls_cert and tls_key, or public_url with https and proxy", c.Listen)
	}
	if time.Duration(c.Session.Idle) > time.Hour || time.Duration(c.Session.Absolute) > 12*time.Hour {
		return fmt.Errorf("config: a session lasts at most 1h idle and 12h in all")
	}
	seen := map[string]bool{}
	for _, m := range c.Municipalities {
		if len(m.Code) != 6 || !strings.HasPrefix(m.Code, "GM") || m.Name == "" {
			return fmt.Errorf("config: a municipality needs a name and a code such as GM0556, not %q", m.Code)
		}
		if len(c.Municipalities) > 1 && m.Host == "" {
			return fmt.Errorf("config: %s needs a host, because this process serves several municipalities", m.Name)
		}
		for _, key := range []string{"code " + m.Code, "host " + m.Host, "database " + m.Database} {
			if seen[key] && !strings.HasSuffix(key, " ") {
				return fmt.Errorf("config: two municipalities have the same %s", key)
			}
			seen[key] = true
		}
	}
	return nil
}

// Loopback reports whether only this machine can reach the program.
func (c *Config) Loopback() bool {
	host, _, err := net.SplitHostPort(c.Listen)
	if err != nil {
		return false
	}
	ip := net.ParseIP(host)
	return host == "localhost" || (ip != nil && ip.IsLoopback())
}

// Describe writes the settings in force, as a file that could be used, without
// the password in a connection string.
func (c Config) Describe() (string, error) {
	shown := c
	shown.Municipalities = append([]Municipality(nil), c.Municipalities...)
	for i, m := range shown.Municipalities {
		if u, err := url.Parse(m.Database); err == nil && u.User != nil {
			shown.Municipalities[i].Database = u.Redacted()
		}
	}
	var b strings.Builder
	err := toml.NewEncoder(&b).Encode(shown)
	return b.String(), err
}

// SecretFile checks that a file with a secret can be read by its owner only
// (security.md control 44).
func SecretFile(name string) error {
	info, err := os.Stat(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("config: %s can be read by others than its owner: chmod 600", name)
	}
	return nil
}
