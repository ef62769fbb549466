package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime/debug"
	"strings"
	"text/tabwriter"
	"time"

	"filippo.io/age"

	"baken/internal/app"
	"baken/internal/kernel/access"
	"baken/internal/kernel/backup"
)

type migrateCmd struct{}

func (migrateCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		v, err := h.DB.Version(c.ctx)
		if err == nil {
			fmt.Fprintf(c.out, "database %s: version %d\n", h.DB.Engine(), v)
		}
		return err
	})
}

type configCmd struct {
	Check configCheckCmd `cmd:"" help:"Read the settings, refuse what is wrong or unsafe, print those in force."`
}

type configCheckCmd struct{}

func (configCheckCmd) Run(c *console) error {
	cfg, err := c.config()
	if err != nil {
		return err
	}
	s, err := cfg.Describe()
	fmt.Fprint(c.out, s)
	return err
}

type accessCmd struct {
	Matrix accessMatrixCmd `cmd:"" help:"Every role x purpose x kind x act, as enforced."`
}

type accessMatrixCmd struct {
	JSON bool `help:"As JSON." name:"json"`
}

func (cmd accessMatrixCmd) Run(c *console) error {
	book, err := app.Book()
	if err != nil {
		return err
	}
	cells := book.Matrix()
	if cmd.JSON {
		out := json.NewEncoder(c.out)
		out.SetIndent("", " ")
		return out.Encode(cells)
	}
	w := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(w, "role\tpurpose\tkind\tact\tallowed")
	for _, x := range cells {
		fmt.Fprintf(w, "%s\t%s\t%s\t%s\t%s\n", x.Role, x.Purpose, x.Kind, x.Act, allowed(x))
	}
	return w.Flush()
}

func allowed(x access.Cell) string {
	switch {
	case !x.Allowed:
		return "no"
	case x.Involved:
		return "where involved"
	case x.StepUp:
		return "with second factor"
	}
	return "yes"
}

type auditCmd struct {
	Verify auditVerifyCmd `cmd:"" help:"Recompute the whole log and compare it with every signed checkpoint."`
	Export auditExportCmd `cmd:"" help:"Write the log for an independent reader."`
}

type auditVerifyCmd struct {
	JSON bool `help:"As JSON." name:"json"`
}

func (cmd auditVerifyCmd) Run(c *console) error {
	// The house itself refuses to open on a broken log, and exactly then the report is
	// wanted: so only the log is opened.
	return c.log(func(l app.Logbook) error {
		r, err := l.Log.Verify(c.ctx)
		if err != nil {
			return err
		}
		if cmd.JSON {
			if err := json.NewEncoder(c.out).Encode(map[string]any{"entries": r.Entries, "checkpoints": r.Checkpoints, "root": r.Root.String(), "problems": append([]string{}, r.Problems...)}); err != nil {
				return err
			}
		} else {
			fmt.Fprintf(c.out, "%d entries, %d signed checkpoints confirmed, root %s\n", r.Entries, r.Checkpoints, r.Root)
			for _, p := range r.Problems {
				fmt.Fprintln(c.out, "  "+p)
			}
		}
		if !r.OK() {
			return fmt.Errorf("the log is not whole: %d problems", len(r.Problems))
		}
		return nil
	})
}

type auditExportCmd struct{}

func (auditExportCmd) Run(c *console) error {
	return c.log(func(l app.Logbook) error { return l.Log.Export(c.ctx, c.out) })
}

func (c *console) log(fn func(app.Logbook) error) error {
	cfg, m, err := c.chosen()
	if err != nil {
		return err
	}
	l, err := app.OpenLog(c.ctx, cfg, m)
	if err != nil {
		return err
	}
	return errors.Join(fn(l), l.Close())
}

type backupCmd struct {
	File string `arg:"" help:"File to write; must not exist."`
	Keys string `help:"File for the keys of dossiers, replaced each time; keys.age beside FILE when left out." placeholder:"FILE"`
	To   string `help:"age public key, when the settings name none." placeholder:"age1..."`
}

func (cmd backupCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		keys := h.Config.Backup.Recipients
		if cmd.To != "" {
			keys = append(keys, cmd.To)
		}
		to, err := age.ParseRecipients(strings.NewReader(strings.Join(keys, "\n") + "\n"))
		if err != nil {
			return fmt.Errorf("no usable recipient: set backup.recipients in the settings or give --to: %w", err)
		}
		f, err := os.OpenFile(cmd.File, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
		if err != nil {
			return err
		}
		err = errors.Join(backup.Write(c.ctx, h.DB, h.Municipality.Code, h.Keep.Now(), f, to...), f.Sync(), f.Close())
		if err != nil {
			return errors.Join(err, os.Remove(cmd.File)) // half a backup must not look like one
		}
		// The keys come after the data, so that no dossier of it is without its key, and take
		// the place of the ones before: a dossier that was destroyed is then in no backup.
		file := cmd.Keys
		if file == "" {
			file = filepath.Join(filepath.Dir(cmd.File), "keys.age")
		}
		if err := writeKeys(c.ctx, h, file, to); err != nil {
			return err
		}
		fmt.Fprintf(c.out, "backup written: %s, with the keys of dossiers in %s\n", cmd.File, file)
		return nil
	})
}

// writeKeys replaces the file of keys, which at every moment is whole.
func writeKeys(ctx context.Context, h *app.House, file string, to []age.Recipient) error {
	f, err := os.CreateTemp(filepath.Dir(file), filepath.Base(file)+".*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if err := errors.Join(backup.WriteKeys(ctx, h.DB, h.Municipality.Code, h.Keep.Now(), f, to...), f.Sync(), f.Close()); err != nil {
		return err
	}
	return os.Rename(f.Name(), file)
}

type restoreCmd struct {
	File string `arg:"" help:"Backup to restore."`
	Keys string `help:"The newest file of keys of dossiers; keys.age beside FILE when left out." placeholder:"FILE"`
	Key  string `required:"" help:"File with the age secret key." placeholder:"FILE"`
}

func (cmd restoreCmd) Run(c *console) error {
	raw, err := os.Open(cmd.Key)
	if err != nil {
		return err
	}
	defer raw.Close()
	ids, err := age.ParseIdentities(raw)
	if err != nil {
		return fmt.Errorf("%s: %w", cmd.Key, err)
	}
	f, err := os.Open(cmd.File)
	if err != nil {
		return err
	}
	defer f.Close()
	if cmd.Keys == "" {
		cmd.Keys = filepath.Join(filepath.Dir(cmd.File), "keys.age")
	}
	keys, err := os.Open(cmd.Keys)
	if err != nil {
		return fmt.Errorf("the keys of dossiers: %w", err)
	}
	defer keys.Close()
	if err := c.restore(f, keys, ids); err != nil {
		return err
	}
	return c.house(func(h *app.House) error {
		buried, ended, err := h.Settle(c.ctx)
		if err == nil && buried+ended > 0 {
			fmt.Fprintf(c.out, "%d dossiers that were destroyed since the backup stay destroyed; %d ended meanwhile\n", buried, ended)
		}
		return err
	})
}

func (c *console) restore(f, keys *os.File, ids []age.Identity) error {
	start := time.Now()
	return c.log(func(l app.Logbook) error {
		info, err := backup.Restore(c.ctx, l.DB, l.Municipality.Code, f, keys, ids...)
		if err != nil {
			return err
		}
		r, err := l.Log.Verify(c.ctx)
		if err != nil {
			return err
		}
		if !r.OK() {
			return fmt.Errorf("restored, but its log is not whole: %s", strings.Join(r.Problems, "; "))
		}
		fmt.Fprintf(c.out, "restored %d rows of %s as of %s; the log of %d entries is whole; took %s\n",
			info.Rows, info.Code, info.At.Format(time.RFC3339), r.Entries, time.Since(start).Round(time.Millisecond))
		return nil
	})
}

type versionCmd struct{}

func (versionCmd) Run(c *console) error {
	v := "development"
	if info, ok := debug.ReadBuildInfo(); ok {
		for _, s := range info.Settings {
			if s.Key == "vcs.revision" {
				v = s.Value
			}
		}
		v += " " + info.GoVersion
	}
	fmt.Fprintln(c.out, "baken", v)
	return nil
}

type retentionCmd struct {
	Run retentionRunCmd `cmd:"" help:"Destroy what is over its term, as the program does by itself: tips every hour, files of measures every day."`
}

type retentionRunCmd struct {
	DryRun bool `help:"Only say how much would be destroyed." name:"dry-run"`
}

func (cmd retentionRunCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		if cmd.DryRun {
			n, err := h.Over(c.ctx)
			if err == nil {
				fmt.Fprintf(c.out, "%d dossiers are over their term\n", n)
			}
			return err
		}
		n, err := h.Expire(c.ctx)
		if err == nil {
			fmt.Fprintf(c.out, "%d dossiers were destroyed\n", n)
		}
		return err
	})
}

type keysCmd struct {
	Add    keysAddCmd    `cmd:"" help:"Put a new key beside the old one and seal with it whatever the old one sealed, while people work."`
	Reseal keysResealCmd `cmd:"" help:"Seal with the newest key whatever an older one sealed, after a key was added to the environment."`
	Retire keysRetireCmd `cmd:"" help:"Take the old keys away; an hour or more after the new one was added."`
}

type keysAddCmd struct{}

func (keysAddCmd) Run(c *console) error {
	if err := c.house(func(h *app.House) error { return h.AddKey() }); err != nil {
		return err
	}
	return c.house(func(h *app.House) error {
		n, err := h.RenewKeys(c.ctx)
		if err == nil {
			fmt.Fprintf(c.out, "a new key seals from now on; %d rows were sealed anew. Take the old key away with \"baken keys retire\", an hour from now\n", n)
		}
		return err
	})
}

type keysResealCmd struct{}

func (keysResealCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		n, err := h.RenewKeys(c.ctx)
		if err == nil {
			fmt.Fprintf(c.out, "%d rows were sealed anew\n", n)
		}
		return err
	})
}

type keysRetireCmd struct{}

func (keysRetireCmd) Run(c *console) error {
	return c.house(func(h *app.House) error {
		err := h.RetireKeys(c.ctx)
		if err == nil {
			fmt.Fprintln(c.out, "the old keys are gone; make a backup, because older ones need them")
		}
		return err
	})
}
