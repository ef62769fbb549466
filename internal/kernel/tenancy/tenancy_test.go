package tenancy_test

import (
	"testing"

	"baken/internal/kernel/tenancy"
)

func TestHostChoosesTheMunicipality(t *testing.T) {
	r, err := tenancy.New(map[string]string{"veilig.maassluis.nl": "GM0556", "veilig.schiedam.nl": "GM0606"})
	if err != nil {
		t.Fatal(err)
	}
	for host, want := range map[string]string{
		"veilig.maassluis.nl": "GM0556", "VEILIG.Maassluis.NL:443": "GM0556", "veilig.schiedam.nl.": "GM0606",
		"veilig.maassluis.nl.evil.example": "", "maassluis.nl": "", "": "", "localhost": "",
	} {
		if got, ok := r.Of(host); got != want || ok != (want != "") {
			t.Errorf("%q leads to %q", host, got)
		}
	}
}

func TestAloneServesEveryHost(t *testing.T) {
	r, err := tenancy.New(map[string]string{"": "GM0556"})
	if err != nil {
		t.Fatal(err)
	}
	if got, ok := r.Of("anything:8080"); !ok || got != "GM0556" {
		t.Fatal(got, ok)
	}
	if _, err := tenancy.New(map[string]string{"": "a", "b": "b"}); err == nil {
		t.Fatal("requests for an unknown name would land in the first municipality")
	}
}
