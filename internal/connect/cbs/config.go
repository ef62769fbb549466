package cbs

import (
	"net/url"
	"strings"
	"time"

	"baken/internal/fault"
)

// Config says where the service is and how patient to be with it.
type Config struct {
	// Base is the address up to the folder of the service: for version 3
	// "https://dataderden.cbs.nl", for version 4 "https://datasets.cbs.nl/odata/v1/CBS".
	Base    string
	Version int // 3 or 4
	// AllowPrivate permits a base whose host resolves to an address of this machine
	// or its private network. Only for a host that the administrator named himself.
	AllowPrivate bool
	Tries        int           // attempts per page; 0 is 5
	Wait         time.Duration // before the second attempt, doubled each time; 0 is a second
	PageBytes    int64         // largest answer; 0 is 32 MiB
	Timeout      time.Duration // of one attempt; 0 is a minute
}

// The services that publish today. Version 3 will be closed in time; the police
// tables were only seen there (data-sources.md 2).
const (
	PoliceService = "https://dataderden.cbs.nl"
	CBSService    = "https://datasets.cbs.nl/odata/v1/CBS"
)

// Check refuses a base that is no plain https address. http is accepted with
// AllowPrivate only.
func (c Config) Check() error {
	u, err := url.Parse(c.Base)
	if err != nil || u.Host == "" || u.User != nil || u.RawQuery != "" || u.Fragment != "" ||
		u.Scheme != "https" && (u.Scheme != "http" || !c.AllowPrivate) {
		return fault.New(fault.Invalid, "cbs.config.base", "base", c.Base)
	}
	if c.Version != 3 && c.Version != 4 {
		return fault.New(fault.Invalid, "cbs.config.version", "version", c.Version)
	}
	return nil
}

func (c Config) withDefaults() Config {
	c.Base = strings.TrimRight(c.Base, "/")
	if c.Tries == 0 {
		c.Tries = 5
	}
	if c.Wait == 0 {
		c.Wait = time.Second
	}
	if c.PageBytes == 0 {
		c.PageBytes = 32 << 20
	}
	if c.Timeout == 0 {
		c.Timeout = time.Minute
	}
	return c
}
