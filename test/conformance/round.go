package main

import (
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// round is a number of calls made on the wire once a call has ended as expected, and what servers and clients must see of them; only what is written is checked.
type round struct {
	After   duration             `json:"after"`
	Servers map[string]behaviour `json:"servers"`
	Method  string               `json:"method"`
	Headers map[string]string    `json:"headers"`
	Vary    string               `json:"vary"`
	Times   int                  `json:"times"`
	Clients int                  `json:"clients"`

	Answers     map[string]amount  `json:"answers"`
	Reaches     map[string]amount  `json:"reaches"`
	Meets       *amount            `json:"meets"`
	Connections *amount            `json:"connections"`
	Took        *span              `json:"took"`
	ServerSees  map[string]*string `json:"serverSees"`
	ClientSees  map[string]*string `json:"clientSees"`
}

// behaviour is how a server answers: 200 at once, unless it says otherwise.
type behaviour struct {
	Status  int               `json:"status"`
	Delay   duration          `json:"delay"`
	Headers map[string]string `json:"headers"`
}

// amount is a number, or a range such as 2-5, both ends included.
type amount struct{ least, most int }

func (a *amount) UnmarshalJSON(text []byte) (err error) {
	low, high := ends(strings.Trim(string(text), `"`))
	if a.least, err = strconv.Atoi(low); err == nil {
		a.most, err = strconv.Atoi(high)
	}
	return err
}

func (a amount) holds(n int) bool { return a.least <= n && n <= a.most }

func (a amount) String() string {
	if a.least == a.most {
		return strconv.Itoa(a.least)
	}
	return fmt.Sprintf("%d-%d", a.least, a.most)
}

// duration is written as 300ms or 2s.
type duration struct{ time.Duration }

func (d *duration) UnmarshalJSON(text []byte) (err error) {
	var written string
	if err = json.Unmarshal(text, &written); err == nil {
		d.Duration, err = time.ParseDuration(written)
	}
	return err
}

// span is a range of durations, such as 1s-3s.
type span struct{ least, most time.Duration }

func (s *span) UnmarshalJSON(text []byte) (err error) {
	low, high := ends(strings.Trim(string(text), `"`))
	if s.least, err = time.ParseDuration(low); err == nil {
		s.most, err = time.ParseDuration(high)
	}
	return err
}

// ends splits a range; a single value is both its ends.
func ends(text string) (low, high string) {
	low, high, isRange := strings.Cut(text, "-")
	if !isRange {
		high = low
	}
	return low, high
}
