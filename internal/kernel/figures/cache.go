package figures

import (
	"container/list"
	"sync"
)

// chunkCache keeps the chunks used last, bounded by bytes. Chunks never change,
// so nothing in it can be out of date.
type chunkCache struct {
	max  int
	mu   sync.Mutex
	size int
	at   map[Hash]*list.Element
	used list.List // of cached, most recent first
}

type cached struct {
	hash  Hash
	chunk *chunk
}

func (c *chunkCache) get(h Hash) *chunk {
	c.mu.Lock()
	defer c.mu.Unlock()
	e := c.at[h]
	if e == nil {
		return nil
	}
	c.used.MoveToFront(e)
	return e.Value.(cached).chunk
}

func (c *chunkCache) put(h Hash, ch *chunk) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.at == nil {
		c.at = map[Hash]*list.Element{}
	}
	if c.at[h] != nil || ch.size > c.max {
		return
	}
	c.at[h] = c.used.PushFront(cached{h, ch})
	c.size += ch.size
	for c.size > c.max {
		e := c.used.Back()
		last := c.used.Remove(e).(cached)
		delete(c.at, last.hash)
		c.size -= last.chunk.size
	}
}
