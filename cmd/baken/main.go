// Command baken is the whole program: the workplace and, for administrators,
// analysts and auditors, the same acts and computations without a browser.
//
// Every command exits 0 on success, 1 on a refusal that is explained on standard
// error, and 2 on wrong usage.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"baken/internal/app"
	"baken/internal/config"
	"baken/internal/fault"
	"baken/internal/text"
)

// cli is the command line. Settings that are not about one command stand in the
// configuration file and the environment.
type cli struct {
	Data         string `help:"Data folder. Also BAKEN_DATA." placeholder:"FOLDER"`
	Config       string `help:"Settings file; baken.toml in the data folder when left out." placeholder:"FILE"`
	Municipality string `help:"Code of the municipality, when the settings name several." placeholder:"GM0556"`
	English      bool   `help:"Speak English."`

	Serve   serveCmd     `cmd:"" help:"Run the workplace."`
	Migrate migrateCmd   `cmd:"" help:"Bring the database to the version of this program."`
	Import  importCmd    `cmd:"" help:"Load crime figures or areas from files."`
	Sync    syncCmd      `cmd:"" help:"Fetch figures from the service in the settings."`
	Crime   crimeCmd     `cmd:"" help:"Print crime figures."`
	Term    termCmd      `cmd:"" help:"Compute a statutory term and say why."`
	Policy  policyCmd    `cmd:"" help:"Test policy rules of the municipality."`
	Acts    actsCmd      `cmd:"" help:"Print what each act on a file asks."`
	Access  accessCmd    `cmd:"" help:"Show who may do what."`
	Audit   auditCmd     `cmd:"" help:"Verify or export the audit log."`
	User    userCmd      `cmd:"" help:"Manage accounts from the server."`
	Conf    configCmd    `cmd:"" name:"config" help:"Check the settings."`
	Backup  backupCmd    `cmd:"" help:"Write an encrypted backup while people work."`
	Restore restoreCmd   `cmd:"" help:"Put a backup into an empty database and verify its log."`
	Retain  retentionCmd `cmd:"" name:"retention" help:"Destroy what is over its term."`
	Keys    keysCmd      `cmd:"" help:"Change the keys that seal secrets and dossiers."`
	Demo    demoCmd      `cmd:"" help:"Help with the demo."`
	Version versionCmd   `cmd:"" help:"Print the version."`
}

// console is what a command works with.
type console struct {
	ctx    context.Context
	in     io.Reader
	out    io.Writer
	errOut io.Writer
	getenv func(string) string
	args   *cli
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	os.Exit(run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr, os.Getenv))
}

// run is the program with everything from outside as an argument, for the tests.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer, getenv func(string) string) int {
	var c cli
	ended := -1
	parser, err := kong.New(&c, kong.Name("baken"), kong.Description("Shared workplace of a Dutch municipality for integral safety."),
		kong.Writers(out, errOut), kong.Exit(func(code int) { ended = code }), kong.UsageOnError(), kong.Help(helpTerm))
	if err != nil {
		fmt.Fprintln(errOut, err)
		return 2
	}
	parsed, err := parser.Parse(args)
	if ended == 0 {
		return 0 // --help
	}
	if err != nil {
		fmt.Fprintln(errOut, "baken:", err)
		return 2
	}
	con := &console{ctx: ctx, in: in, out: out, errOut: errOut, getenv: getenv, args: &c}
	if err := parsed.Run(con); err != nil {
		fmt.Fprintln(errOut, "baken:", con.explain(err))
		return 1
	}
	return 0
}

// explain gives the sentence of a fault, and an unexpected error as it is: on the
// command line the reader is the administrator.
func (c *console) explain(err error) string {
	f := fault.Of(err)
	if f == nil {
		return err.Error()
	}
	p := c.printer()
	s := p.T(f.Code, f.Args...)
	for _, field := range f.Fields {
		s += "\n  " + p.T(field.Code, field.Args...)
	}
	if cause := errors.Unwrap(f); cause != nil {
		s += "\n  (" + cause.Error() + ")"
	}
	return s
}

func (c *console) printer() *text.Printer {
	if c.args.English {
		return text.For(text.EN)
	}
	return text.For(text.NL)
}

func (c *console) config() (config.Config, error) {
	return config.Load(c.args.Config, c.args.Data, c.getenv)
}

func (c *console) logger() *slog.Logger {
	return slog.New(slog.NewTextHandler(c.errOut, &slog.HandlerOptions{Level: slog.LevelInfo}))
}

// house opens the municipality that the command is about, for the time of fn.
func (c *console) house(fn func(*app.House) error) error {
	cfg, m, err := c.chosen()
	if err != nil {
		return err
	}
	h, err := app.Open(c.ctx, cfg, m, time.Now, c.logger())
	if err != nil {
		return err
	}
	return errors.Join(fn(h), h.Close())
}

// chosen reads the settings and the municipality that the command is about.
func (c *console) chosen() (config.Config, config.Municipality, error) {
	cfg, err := c.config()
	if err != nil {
		return cfg, config.Municipality{}, err
	}
	if c.args.Municipality == "" && len(cfg.Municipalities) == 1 {
		return cfg, cfg.Municipalities[0], nil
	}
	for _, m := range cfg.Municipalities {
		if m.Code == c.args.Municipality {
			return cfg, m, nil
		}
	}
	return cfg, config.Municipality{}, fmt.Errorf("say which municipality with --municipality CODE; the settings name %d", len(cfg.Municipalities))
}
