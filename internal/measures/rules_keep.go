package measures

import "baken/internal/kernel/deadlines"

// noticeDays is how long before a file goes people are told: time to find out that
// somebody still needs it (Archiefwet 1995, 3: destroying is the duty of the municipality, and so
// is looking before it does).
const noticeDays = 28

// Keep says how long a closed file is kept: so many years from a day, and the item or
// article that says so. The zero Keep is that of a file that is not closed, which nothing
// destroys.
type Keep struct {
	From  deadlines.Day
	Years int
	Item  string
}

// Last is the last day that the file is kept; the day after it is destroyed.
func (k Keep) Last() deadlines.Day {
	if k.From == deadlines.NoDay {
		return deadlines.NoDay
	}
	return k.From.AddYears(k.Years)
}

// Until is Last for a file that was closed on a day: it is never shorter than the file was
// open.
func (k Keep) Until(closed deadlines.Day) deadlines.Day {
	last := k.Last()
	if closed == deadlines.NoDay || last == deadlines.NoDay {
		return deadlines.NoDay
	}
	return max(last, closed)
}

// leaving says whether people are told on a day that a file that is kept until another
// goes.
func leaving(until, today deadlines.Day) bool {
	return until != deadlines.NoDay && today+noticeDays >= until
}
