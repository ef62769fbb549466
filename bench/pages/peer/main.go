// Command peer is the server that Baken's pages are compared with: PocketBase as
// it comes, on an empty data folder, with one collection of 50 rows that only who
// signed in may list.
//
// It is a module of its own so that nothing of it enters the product.
package main

import (
	"fmt"
	"log"
	"os"

	"github.com/pocketbase/pocketbase"
	"github.com/pocketbase/pocketbase/core"
	"github.com/pocketbase/pocketbase/tools/types"
)

func main() {
	if len(os.Args) != 3 {
		log.Fatal("usage: peer FOLDER ADDRESS")
	}
	app := pocketbase.NewWithConfig(pocketbase.Config{DefaultDataDir: os.Args[1], HideStartBanner: true})
	app.OnServe().BindFunc(func(e *core.ServeEvent) error {
		e.InstallerFunc = nil // no browser is opened for a first administrator
		if err := fill(app); err != nil {
			return err
		}
		return e.Next()
	})
	os.Args = []string{os.Args[0], "serve", "--http=" + os.Args[2]}
	if err := app.Start(); err != nil {
		log.Fatal(err)
	}
}

// fill makes a user and the 50 rows, as wide as those of the monitor.
func fill(app core.App) error {
	users, err := app.FindCollectionByNameOrId("users")
	if err != nil {
		return err
	}
	someone := core.NewRecord(users)
	someone.SetEmail("noor@example.org")
	someone.SetPassword("veilig oefenen")
	someone.SetVerified(true)
	if err := app.Save(someone); err != nil {
		return err
	}
	rows := core.NewBaseCollection("rows")
	rows.ListRule = types.Pointer("@request.auth.id != ''")
	for _, name := range []string{"area", "offence", "title", "period", "status", "source", "retrieved", "snapshot"} {
		rows.Fields.Add(&core.TextField{Name: name})
	}
	rows.Fields.Add(&core.NumberField{Name: "value"})
	if err := app.Save(rows); err != nil {
		return err
	}
	for i := range 50 {
		r := core.NewRecord(rows)
		for name, value := range map[string]any{
			"area": fmt.Sprintf("BU0556%04d", i), "offence": "1.1.1", "title": "Diefstal/inbraak woning", "period": "2025", "status": "published",
			"source": "Politie", "retrieved": "2026-11-24", "snapshot": "01jd0000000000000000000000", "value": i,
		} {
			r.Set(name, value)
		}
		if err := app.Save(r); err != nil {
			return err
		}
	}
	return nil
}
