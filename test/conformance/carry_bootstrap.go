package main

import (
	"net"
	"strconv"
)

type fields = map[string]any

// bootstrapOf is the configuration with which a workload's Envoy starts, as istio-agent would write it.
func bootstrapOf(of *workload, w *world) fields {
	kind := "sidecar"
	if of.service != "" {
		kind = "router"
	}
	domain, captures := of.namespace+".svc.cluster.local", strconv.FormatBool(w.settings.DNSCapture)
	ads := fields{"ads": fields{}, "resource_api_version": "V3"}
	return fields{
		"node": fields{
			"id": kind + "~" + of.ip + "~" + of.name + "." + of.namespace + "~" + domain, "cluster": of.account + "." + of.namespace,
			"locality": fields{"region": of.region(), "zone": of.zone()},
			"metadata": fields{
				"NAMESPACE": of.namespace, "SERVICE_ACCOUNT": of.account, "WORKLOAD_NAME": of.name, "LABELS": of.labels, "CLUSTER_ID": "Kubernetes",
				"ISTIO_VERSION": istioVersion, "INTERCEPTION_MODE": "REDIRECT", "DNS_CAPTURE": captures, "DNS_AUTO_ALLOCATE": captures,
			},
		},
		"admin": fields{"address": socket(of.ip, adminPort)},
		"dynamic_resources": fields{
			"lds_config": ads, "cds_config": ads,
			"ads_config": fields{
				"api_type": "GRPC", "transport_api_version": "V3", "set_node_on_first_message_only": true,
				"grpc_services": []fields{{"envoy_grpc": fields{"cluster_name": "xds-grpc"}}},
			},
		},
		"static_resources": fields{"clusters": []fields{control("xds-grpc", of.ip), control("sds-grpc", of.ip)}},
		// Whoever takes a call knows by its source which proxy sent it.
		"cluster_manager": fields{"upstream_bind_config": fields{
			"source_address":         fields{"address": of.ip, "port_value": 0},
			"extra_source_addresses": []fields{{"address": fields{"address": sixth(of.ip), "port_value": 0}}},
			"freebind":               true,
		}},
	}
}

// sixth is the IPv6 address of a workload.
func sixth(ip string) string {
	four := net.ParseIP(ip).To4()
	six := net.ParseIP("fd00::1")
	copy(six[10:14], four)
	return six.String()
}

func control(name, ip string) fields {
	return fields{
		"name": name, "type": "STATIC", "connect_timeout": "1s",
		"load_assignment": fields{"cluster_name": name, "endpoints": []fields{{"lb_endpoints": []fields{{"endpoint": fields{"address": socket(ip, relayPort)}}}}}},
		"typed_extension_protocol_options": fields{"envoy.extensions.upstreams.http.v3.HttpProtocolOptions": fields{
			"@type":                "type.googleapis.com/envoy.extensions.upstreams.http.v3.HttpProtocolOptions",
			"explicit_http_config": fields{"http2_protocol_options": fields{}},
		}},
	}
}

func socket(ip string, port int) fields {
	return fields{"socket_address": fields{"address": ip, "port_value": port}}
}
