package main

import (
	"fmt"
	"net/url"
	"regexp"
	"strconv"
	"strings"

	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	fault "github.com/envoyproxy/go-control-plane/envoy/extensions/filters/http/fault/v3"
	typev3 "github.com/envoyproxy/go-control-plane/envoy/type/v3"
)

// firstRoute gives the first route of a virtual host that the whole request matches, headers and query too, which the simulation leaves out.
func firstRoute(host *route.VirtualHost, a *attempt) *route.Route {
	for _, r := range host.Routes {
		if routeMatches(r.Match, a) {
			return r
		}
	}
	return nil
}

func routeMatches(m *route.RouteMatch, a *attempt) bool {
	path, query, _ := strings.Cut(a.headers[":path"], "?")
	fold := func(text string) string {
		if m.CaseSensitive != nil && !m.CaseSensitive.Value {
			return strings.ToLower(text)
		}
		return text
	}
	matched := false
	switch spec := m.PathSpecifier.(type) {
	case *route.RouteMatch_Prefix:
		matched = strings.HasPrefix(fold(path), fold(spec.Prefix))
	case *route.RouteMatch_Path:
		matched = fold(path) == fold(spec.Path)
	case *route.RouteMatch_PathSeparatedPrefix:
		prefix := fold(spec.PathSeparatedPrefix)
		matched = fold(path) == prefix || strings.HasPrefix(fold(path), prefix+"/")
	case *route.RouteMatch_SafeRegex:
		matched = regexp.MustCompile("^(?:" + spec.SafeRegex.Regex + ")$").MatchString(path)
	default:
		panic(fmt.Sprintf("route match %T is not simulated", spec))
	}
	given, _ := url.ParseQuery(query)
	return matched &&
		every(m.Headers, func(h *route.HeaderMatcher) bool { return headerMatches(h, a) }) &&
		every(m.QueryParameters, func(q *route.QueryParameterMatcher) bool { return queryMatches(q, given) })
}

func queryMatches(q *route.QueryParameterMatcher, given url.Values) bool {
	values, present := given[q.Name]
	if text := q.GetStringMatch(); text != nil {
		return present && textMatches(text, values[0])
	}
	return present
}

// branch is one cluster that a request may take, and its share among them.
type branch struct {
	cluster   string
	weight    int
	authority string   // asked for there, where it is not the route's
	removed   []string // headers that are not sent there, beside the route's
}

// branches gives the clusters of a route's action.
func branches(action *route.RouteAction) []branch {
	if weighted := action.GetWeightedClusters(); weighted != nil {
		var found []branch
		for _, c := range weighted.Clusters {
			if c.Weight.GetValue() > 0 {
				found = append(found, branch{c.Name, int(c.Weight.GetValue()), c.GetHostRewriteLiteral(), c.RequestHeadersToRemove})
			}
		}
		return found
	}
	return []branch{{cluster: action.GetCluster()}}
}

// mirrors gives the clusters that get copies of what a route sends.
func mirrors(action *route.RouteAction) (found []string) {
	for _, m := range action.RequestMirrorPolicies {
		found = append(found, m.Cluster)
	}
	return found
}

// aborted is the status with which a route answers every call itself, empty if it lets any pass.
func aborted(r *route.Route) string {
	injected := &fault.HTTPFault{}
	if packed := r.TypedPerFilterConfig["envoy.filters.http.fault"]; packed == nil || packed.UnmarshalTo(injected) != nil {
		return ""
	}
	share := injected.GetAbort().GetPercentage()
	if share.GetNumerator() < map[typev3.FractionalPercent_DenominatorType]uint32{
		typev3.FractionalPercent_HUNDRED: 100, typev3.FractionalPercent_TEN_THOUSAND: 10_000, typev3.FractionalPercent_MILLION: 1_000_000,
	}[share.GetDenominator()] {
		return ""
	}
	return strconv.Itoa(int(injected.GetAbort().GetHttpStatus()))
}

// attempts gives how often a route sends a request that keeps failing: once, and its retries.
func attempts(action *route.RouteAction) int {
	retries := action.RetryPolicy.GetNumRetries()
	if action.RetryPolicy != nil && retries == nil {
		return 2 // Envoy's default
	}
	return 1 + int(retries.GetValue())
}

// redirected is a request that is told to ask elsewhere.
func redirected(action *route.RedirectAction, a *attempt) step {
	host, path := action.HostRedirect, action.GetPathRedirect()
	if host == "" {
		host = a.headers[":authority"]
	}
	if path == "" {
		path = a.headers[":path"]
	}
	codes := map[route.RedirectAction_RedirectResponseCode]string{
		route.RedirectAction_MOVED_PERMANENTLY: "301", route.RedirectAction_FOUND: "302", route.RedirectAction_SEE_OTHER: "303",
		route.RedirectAction_TEMPORARY_REDIRECT: "307", route.RedirectAction_PERMANENT_REDIRECT: "308",
	}
	return step{refused: codes[action.ResponseCode], location: "http://" + host + path, http: true}
}

// rewritten gives the headers with which a route sends a request on.
func rewritten(r *route.Route, a *attempt) map[string]string {
	action := r.GetRoute()
	headers := map[string]string{}
	for name, value := range a.headers {
		headers[name] = value
	}
	if literal := action.GetHostRewriteLiteral(); literal != "" {
		headers[":authority"] = literal
	}
	path, query, asked := strings.Cut(a.headers[":path"], "?")
	if action.PrefixRewrite != "" {
		// All but a prefix is matched whole.
		rest := ""
		if prefix, isPrefix := r.Match.PathSpecifier.(*route.RouteMatch_Prefix); isPrefix {
			rest = path[len(prefix.Prefix):]
		}
		path = action.PrefixRewrite + rest
	}
	if rewrite := action.RegexRewrite; rewrite != nil {
		substitution := regexp.MustCompile(`\\(\d)`).ReplaceAllString(rewrite.Substitution, "$${$1}")
		path = regexp.MustCompile(rewrite.Pattern.Regex).ReplaceAllString(path, substitution)
	}
	if headers[":path"] = path; asked {
		headers[":path"] += "?" + query
	}
	return headers
}
