package main

import (
	"encoding/json"
	"fmt"
	"strings"
)

// arrival is where a call ends up, and how: both what is expected and what was seen.
type arrival struct {
	Weight          int       `json:"weight,omitempty"`
	Gateway         string    `json:"gateway,omitempty"`
	Hop             string    `json:"hop,omitempty"`
	Host            string    `json:"host,omitempty"`
	Endpoints       addresses `json:"endpoints,omitempty"`
	TLS             string    `json:"tls,omitempty"`
	SNI             string    `json:"sni,omitempty"`
	SubjectAltNames []string  `json:"subjectAltNames,omitempty"`
	CA              string    `json:"ca,omitempty"`
	Certificate     string    `json:"certificate,omitempty"`
	HTTP2           bool      `json:"http2,omitempty"`
	Mirrors         []string  `json:"mirrors,omitempty"`
	Reveals         bool      `json:"reveals,omitempty"`
	Attempts        int       `json:"attempts,omitempty"`
	Path            string    `json:"path,omitempty"`
	Authority       string    `json:"authority,omitempty"`

	hopTo string // the gateway pod that takes it, and its port
}

// arrivals is one arrival, or several that share the calls by weight.
type arrivals []arrival

func (a *arrivals) UnmarshalJSON(text []byte) error {
	if text[0] == '[' {
		return strictly(text, (*[]arrival)(a))
	}
	one := arrival{}
	if err := strictly(text, &one); err != nil {
		return err
	}
	*a = arrivals{one}
	return nil
}

func (a arrivals) MarshalJSON() ([]byte, error) {
	if len(a) == 1 {
		return json.Marshal(a[0])
	}
	return json.Marshal([]arrival(a))
}

// addresses are endpoints by priority, the nearest first; one list alone is priority 0.
type addresses [][]string

func (e *addresses) UnmarshalJSON(text []byte) error {
	var flat []string
	if json.Unmarshal(text, &flat) == nil {
		*e = addresses{flat}
		return nil
	}
	return json.Unmarshal(text, (*[][]string)(e))
}

func (e addresses) MarshalJSON() ([]byte, error) {
	if len(e) == 1 {
		return json.Marshal(e[0])
	}
	return json.Marshal([][]string(e))
}

// refusal is how a call ends without arriving: an HTTP status, `reset` or `unresolved`; `by` is client or gateway, `location` and `body` are what the answer says.
type refusal struct {
	Status   string `json:"status"`
	By       string `json:"by,omitempty"`
	Location string `json:"location,omitempty"`
	Body     string `json:"body,omitempty"`
}

func (r *refusal) UnmarshalJSON(text []byte) error {
	if text[0] == '{' {
		fields := struct {
			Status   any    `json:"status"`
			By       string `json:"by"`
			Location string `json:"location"`
			Body     string `json:"body"`
		}{}
		err := strictly(text, &fields)
		r.Status, r.By, r.Location, r.Body = fmt.Sprint(fields.Status), fields.By, fields.Location, fields.Body
		return err
	}
	r.Status = strings.Trim(string(text), `"`)
	return nil
}

func strictly(text []byte, into any) error {
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}
