import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, 'argocd', file), 'utf8');

test('the plugin configurations, the values and the table of parameters are made from the options as they are', () => {
  const { status, stderr } = spawnSync(process.execPath, ['scripts/argocd-plugin.mjs', '--check'], {
    cwd: root,
    encoding: 'utf8',
  });
  assert.equal(status, 0, stderr);
});

/** What the community chart argo-cd lets one say of its repo-server, version 10.1.1. */
const chart =
  `name replicas runtimeClassName autoscaling pdb vpa image imagePullSecrets extraArgs env envFrom lifecycle extraContainers initContainers
copyutil volumeMounts volumes existingVolumes emptyDir useEphemeralHelmWorkingDir deploymentAnnotations deploymentLabels podAnnotations podLabels resources
containerPorts hostNetwork dnsConfig dnsPolicy containerSecurityContext readinessProbe livenessProbe startupProbe terminationGracePeriodSeconds nodeSelector
tolerations affinity topologySpreadConstraints deploymentStrategy priorityClassName certificateSecret service metrics clusterRoleRules
automountServiceAccountToken serviceAccount rbac networkPolicy`.split(/\s+/);

test('the values have keys of the chart alone, and no braces, which the chart would take for a template', () => {
  const values = parse(read('values.yaml'));
  assert.deepEqual(Object.keys(values), ['repoServer', 'extraObjects']);
  for (const key of Object.keys(values.repoServer)) assert.ok(chart.includes(key), key);
  assert.doesNotMatch(read('values.yaml'), /\{\{/);
});

test('the three sidecars differ in name, image, configuration and /tmp alone; the first brings the configuration of the platform', () => {
  const pods = ['', '-next', '-helm'].map(suffix => {
    const text = read(`${suffix.slice(1) || 'sidecar'}/sidecar.yaml`).replaceAll(`wayout${suffix}`, 'wayout');
    const { containers, volumes } = parse(text).spec.template.spec;
    const [{ command, ...container }] = containers;
    assert.deepEqual(command, [
      '/var/run/argocd/argocd-cmp-server',
      ...(suffix === '' ? [] : ['--config-dir-path', `/opt/wayout/${suffix.slice(1)}`]),
    ]);
    return { container, volumes };
  });
  const [
    {
      container,
      volumes: [tmp],
    } = { volumes: [] },
  ] = pods;
  assert.deepEqual(
    [pods[1], pods[2]],
    [
      { container, volumes: [tmp] },
      { container, volumes: [tmp] },
    ],
  );
});

test('no plugin discovers, takes credentials or runs a shell', () => {
  const files = readdirSync(join(root, 'argocd'), { recursive: true, encoding: 'utf8' });
  for (const file of files.filter(name => name.endsWith('plugin.yaml'))) {
    const { spec } = parse(read(file));
    assert.equal(spec.discover ?? spec.provideGitCreds ?? spec.init, undefined, file);
    assert.equal(spec.generate.command[0], 'node', file);
  }
});
