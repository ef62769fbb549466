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

// HoldGrounds are those on which a closed file is kept longer: a claim or a case that needs
// it, a request to see it that is not answered, and the archivist who wants it kept
// (AVG 17 lid 3 d, e).
var HoldGrounds = []string{"claim", "request", "archive"}

// holdWrong is what is wrong with keeping a file longer, as a code without prefix, or
// empty. It is kept at most a year longer at a time, and only said when the end is near: so
// somebody looks each year whether the ground is still there.
func holdWrong(last, until, today deadlines.Day) string {
	switch {
	case !leaving(last, today):
		return "hold-early"
	case until <= last:
		return "hold-shorter"
	case until > today.AddYears(1):
		return "hold-longer"
	}
	return ""
}

// leaving says whether people are told on a day that a file that is kept until another
// goes.
func leaving(until, today deadlines.Day) bool {
	return until != deadlines.NoDay && today+noticeDays >= until
}
