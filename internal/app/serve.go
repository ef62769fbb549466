package app

import (
	"context"
	"crypto/tls"
	"net/http"

	"baken/internal/kernel/tenancy"
)

// Prepare fills the demo when asked, and finds out whether the database is one.
func (h *House) Prepare(ctx context.Context, demo bool) (err error) {
	if demo {
		if err := h.demo(ctx); err != nil {
			return err
		}
		if err := h.demoMeasures(ctx); err != nil {
			return err
		}
		return h.demoTips(ctx)
	}
	h.Demo, err = h.isDemo(ctx)
	if err == nil && h.Demo && !h.Config.Loopback() {
		// The demo's passwords stand in the source.
		return h.demo(ctx)
	}
	return err
}

// ByHost chooses the municipality by the host name of the request. A name that is
// nobody's gets an answer that says nothing.
func ByHost(houses *tenancy.Registry[http.Handler]) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		site, ok := houses.Of(r.Host)
		if !ok {
			http.Error(w, "misdirected request", http.StatusMisdirectedRequest)
			return
		}
		site.ServeHTTP(w, r)
	})
}

// TLS are the settings of the NCSC guideline of 2025 for "good": TLS 1.3, and 1.2
// with forward secrecy and authenticated encryption only.
func TLS() *tls.Config {
	return &tls.Config{MinVersion: tls.VersionTLS12, CipherSuites: []uint16{
		tls.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, tls.TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384,
		tls.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256, tls.TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256,
		tls.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, tls.TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256,
	}}
}
