package main

import (
	"fmt"
	"net/netip"
	"regexp"
	"sort"
	"strings"

	core "github.com/envoyproxy/go-control-plane/envoy/config/core/v3"
	rbacpb "github.com/envoyproxy/go-control-plane/envoy/config/rbac/v3"
	route "github.com/envoyproxy/go-control-plane/envoy/config/route/v3"
	matcher "github.com/envoyproxy/go-control-plane/envoy/type/matcher/v3"
)

// attempt is one request or connection as a proxy sees it: what routes and access rules match on.
type attempt struct {
	headers   map[string]string // with :authority, :method, :path; empty for TCP
	sni       string
	principal string // SPIFFE id without its scheme, empty without mTLS
	source    string
	port      int
}

func (a *attempt) path() string {
	path, _, _ := strings.Cut(a.headers[":path"], "?")
	return path
}

// allows is true if a request passes the rules of one RBAC filter. A rule of a sort that is not known here panics: silence would be a guess.
func allows(rules *rbacpb.RBAC, a *attempt) bool {
	if rules == nil {
		return true
	}
	names := make([]string, 0, len(rules.Policies))
	for name := range rules.Policies {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		policy := rules.Policies[name]
		if some(policy.Permissions, func(p *rbacpb.Permission) bool { return permits(p, a) }) &&
			some(policy.Principals, func(p *rbacpb.Principal) bool { return identifies(p, a) }) {
			return rules.Action == rbacpb.RBAC_ALLOW
		}
	}
	return rules.Action != rbacpb.RBAC_ALLOW
}

func some[T any](list []T, holds func(T) bool) bool {
	for _, item := range list {
		if holds(item) {
			return true
		}
	}
	return false
}

func every[T any](list []T, holds func(T) bool) bool {
	return !some(list, func(item T) bool { return !holds(item) })
}

func permits(p *rbacpb.Permission, a *attempt) bool {
	recurse := func(p *rbacpb.Permission) bool { return permits(p, a) }
	switch rule := p.Rule.(type) {
	case *rbacpb.Permission_Any:
		return rule.Any
	case *rbacpb.Permission_AndRules:
		return every(rule.AndRules.Rules, recurse)
	case *rbacpb.Permission_OrRules:
		return some(rule.OrRules.Rules, recurse)
	case *rbacpb.Permission_NotRule:
		return !recurse(rule.NotRule)
	case *rbacpb.Permission_Header:
		return headerMatches(rule.Header, a)
	case *rbacpb.Permission_UrlPath:
		return len(a.headers) > 0 && textMatches(rule.UrlPath.GetPath(), a.path())
	case *rbacpb.Permission_DestinationPort:
		return int(rule.DestinationPort) == a.port
	case *rbacpb.Permission_RequestedServerName:
		return textMatches(rule.RequestedServerName, a.sni)
	}
	panic(fmt.Sprintf("rbac: permission %T is not simulated", p.Rule))
}

func identifies(p *rbacpb.Principal, a *attempt) bool {
	recurse := func(p *rbacpb.Principal) bool { return identifies(p, a) }
	switch id := p.Identifier.(type) {
	case *rbacpb.Principal_Any:
		return id.Any
	case *rbacpb.Principal_AndIds:
		return every(id.AndIds.Ids, recurse)
	case *rbacpb.Principal_OrIds:
		return some(id.OrIds.Ids, recurse)
	case *rbacpb.Principal_NotId:
		return !recurse(id.NotId)
	case *rbacpb.Principal_Authenticated_:
		name := id.Authenticated.GetPrincipalName()
		return a.principal != "" && (name == nil || textMatches(name, "spiffe://"+a.principal))
	case *rbacpb.Principal_FilterState:
		return a.principal != "" && textMatches(id.FilterState.GetStringMatch(), "spiffe://"+a.principal)
	case *rbacpb.Principal_DirectRemoteIp:
		return contains(id.DirectRemoteIp, a.source)
	case *rbacpb.Principal_RemoteIp:
		return contains(id.RemoteIp, a.source)
	case *rbacpb.Principal_Header:
		return headerMatches(id.Header, a)
	}
	panic(fmt.Sprintf("rbac: principal %T is not simulated", p.Identifier))
}

func contains(cidr *core.CidrRange, address string) bool {
	prefix, err := netip.ParsePrefix(fmt.Sprintf("%s/%d", cidr.AddressPrefix, cidr.GetPrefixLen().GetValue()))
	return err == nil && prefix.Contains(netip.MustParseAddr(address))
}

func headerMatches(h *route.HeaderMatcher, a *attempt) bool {
	value, present := a.headers[strings.ToLower(h.Name)]
	matched := false
	switch spec := h.HeaderMatchSpecifier.(type) {
	case nil:
		matched = present
	case *route.HeaderMatcher_PresentMatch:
		matched = present == spec.PresentMatch
	case *route.HeaderMatcher_StringMatch:
		if !present && h.TreatMissingHeaderAsEmpty {
			present = true
		}
		if !present {
			return false
		}
		matched = textMatches(spec.StringMatch, value)
	default:
		panic(fmt.Sprintf("header match %T is not simulated", spec))
	}
	return matched != h.InvertMatch
}

func textMatches(m *matcher.StringMatcher, value string) bool {
	fold := func(text string) string {
		if m.IgnoreCase {
			return strings.ToLower(text)
		}
		return text
	}
	value = fold(value)
	switch pattern := m.MatchPattern.(type) {
	case *matcher.StringMatcher_Exact:
		return value == fold(pattern.Exact)
	case *matcher.StringMatcher_Prefix:
		return strings.HasPrefix(value, fold(pattern.Prefix))
	case *matcher.StringMatcher_Suffix:
		return strings.HasSuffix(value, fold(pattern.Suffix))
	case *matcher.StringMatcher_Contains:
		return strings.Contains(value, fold(pattern.Contains))
	case *matcher.StringMatcher_SafeRegex:
		return regexp.MustCompile("^(?:" + pattern.SafeRegex.Regex + ")$").MatchString(value)
	}
	panic(fmt.Sprintf("text match %T is not simulated", m.MatchPattern))
}
