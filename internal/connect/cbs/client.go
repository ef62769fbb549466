package cbs

import (
	"context"
	"errors"
	"io"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"strconv"
	"strings"
	"syscall"
	"time"

	"baken/internal/fault"
)

// Client asks the service. It speaks only to the configured host, follows no
// redirect and no link to another host, and reads bounded answers. It is safe for
// concurrent use.
type Client struct {
	cfg  Config
	base *url.URL
	http *http.Client
}

// NewClient returns a client for cfg; the faults are those of Config.Check.
func NewClient(cfg Config) (*Client, error) {
	if err := cfg.Check(); err != nil {
		return nil, err
	}
	cfg = cfg.withDefaults()
	base, err := url.Parse(cfg.Base)
	if err != nil {
		return nil, err
	}
	c := &Client{cfg: cfg, base: base}
	dialer := &net.Dialer{Timeout: 10 * time.Second, Control: c.control}
	c.http = &http.Client{
		Transport: &http.Transport{DialContext: dialer.DialContext, TLSHandshakeTimeout: 10 * time.Second, MaxIdleConnsPerHost: 2, IdleConnTimeout: 30 * time.Second},
		// A redirect could lead anywhere, also to a service inside the municipality.
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
	return c, nil
}

// control sees the address after the name was resolved, so that a name that leads
// inside is refused whatever it is called.
func (c *Client) control(_, address string, _ syscall.RawConn) error {
	if c.cfg.AllowPrivate {
		return nil
	}
	host, _, err := net.SplitHostPort(address)
	if err != nil {
		return err
	}
	ip, err := netip.ParseAddr(host)
	if err != nil {
		return err
	}
	ip = ip.Unmap()
	if !ip.IsGlobalUnicast() || ip.IsPrivate() || ip.IsLoopback() || ip.IsLinkLocalUnicast() || sharedSpace.Contains(ip) {
		return errInside
	}
	return nil
}

var (
	errInside   = errors.New("the name leads to an address inside the network")
	sharedSpace = netip.MustParsePrefix("100.64.0.0/10") // RFC 6598
)

// link resolves a next link against the page it stands in. A link to another host
// is refused: it would let whoever answers choose what this program asks next.
func (c *Client) link(from, next string) (string, error) {
	f, err := url.Parse(from)
	if err != nil {
		return "", err
	}
	// The link is followed as it stands: it holds the service's own place.
	u, err := f.Parse(next)
	if err != nil || u.Scheme != c.base.Scheme || !strings.EqualFold(u.Host, c.base.Host) || u.User != nil {
		return "", fault.New(fault.Invalid, "cbs.sync.foreign-link", "link", show([]byte(next)))
	}
	return u.String(), nil
}

// errTooMany is the refusal of a question with more than 10,000 records; it is
// answered by asking in parts.
var errTooMany = errors.New("cbs: the service refuses so many records at once")

// page fetches one page. An answer that is no whole page, a busy service and a
// broken connection are tried again, with longer and longer pauses, or as long as
// the service asks.
func (c *Client) page(ctx context.Context, address string) (*envelope, error) {
	wait := c.cfg.Wait
	for try := 1; ; try++ {
		e, after, err := c.fetch(ctx, address)
		if err == nil || !again(err) || try >= c.cfg.Tries {
			return e, err
		}
		if after > 0 {
			wait = min(after, maxWait)
		}
		select {
		case <-ctx.Done():
			return nil, fault.Because(ctx.Err(), fault.Unavailable, "cbs.sync.stopped")
		case <-time.After(wait):
		}
		wait = min(2*wait, maxWait)
	}
}

// maxWait bounds a pause, also one that the service asks for.
const maxWait = 5 * time.Minute

func again(err error) bool { return fault.KindOf(err) == fault.Unavailable }

func (c *Client) fetch(ctx context.Context, address string) (*envelope, time.Duration, error) {
	ctx, cancel := context.WithTimeout(ctx, c.cfg.Timeout)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return nil, 0, err
	}
	req.Header.Set("Accept", "application/json")
	req.Header.Set("User-Agent", "Baken")
	res, err := c.http.Do(req)
	if err != nil {
		if errors.Is(err, errInside) {
			return nil, 0, fault.Because(err, fault.Invalid, "cbs.sync.inside", "host", c.base.Host)
		}
		return nil, 0, fault.Because(err, fault.Unavailable, "cbs.sync.no-answer", "host", c.base.Host)
	}
	defer res.Body.Close()
	body, err := io.ReadAll(io.LimitReader(res.Body, c.cfg.PageBytes+1))
	switch {
	case err != nil:
		return nil, 0, fault.Because(err, fault.Unavailable, "cbs.sync.no-answer", "host", c.base.Host)
	case int64(len(body)) > c.cfg.PageBytes:
		return nil, 0, fault.New(fault.Invalid, "cbs.sync.too-large", "max", c.cfg.PageBytes>>20)
	case res.StatusCode != http.StatusOK:
		return nil, retryAfter(res), refusedAnswer(res.StatusCode, body)
	}
	e, err := decodeEnvelope(c.base.Host, body)
	if err != nil {
		// Cut on the way; the same page is asked again and the pages before it stay.
		return nil, 0, fault.Because(err, fault.Unavailable, "cbs.sync.broken-page", "host", c.base.Host)
	}
	return e, 0, nil
}

func refusedAnswer(status int, body []byte) error {
	switch {
	// First, because its status is not known: clients saw 500 as well as 400.
	case strings.Contains(string(body), "10000") || strings.Contains(string(body), "10.000"):
		return errTooMany
	case status == http.StatusTooManyRequests || status >= 500 && status != http.StatusNotImplemented:
		return fault.New(fault.Unavailable, "cbs.sync.busy", "status", status)
	case status == http.StatusNotFound:
		return fault.New(fault.NotFound, "cbs.sync.not-found")
	}
	return fault.New(fault.Invalid, "cbs.sync.refused", "status", status)
}

func retryAfter(res *http.Response) time.Duration {
	if n, err := strconv.Atoi(res.Header.Get("Retry-After")); err == nil && n > 0 {
		return time.Duration(n) * time.Second
	}
	return 0
}

// pages follows the links from address to the last page and gives the rows of
// each to take.
func (c *Client) pages(ctx context.Context, address string, take func(*envelope) error) error {
	seen := map[string]bool{}
	for address != "" {
		if seen[address] || len(seen) == maxPages {
			return fault.New(fault.Invalid, "cbs.sync.endless")
		}
		seen[address] = true
		e, err := c.page(ctx, address)
		if err != nil {
			return err
		}
		if err := take(e); err != nil {
			return err
		}
		next := e.next()
		if next == "" {
			return nil
		}
		if address, err = c.link(address, next); err != nil {
			return err
		}
	}
	return nil
}

// maxPages bounds a walk along links; the longest table has about 1,100 pages of
// 10,000 records.
const maxPages = 5000
