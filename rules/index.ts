import type { Rule } from '../src/rule/rule.ts';
import allowanceWithoutEffect from './allowance-without-effect.ts';
import ambiguousYaml from './ambiguous-yaml.ts';
import apiRemoved from './api-removed.ts';
import autoscalerCannotMeasure from './autoscaler-cannot-measure.ts';
import autoscalerRejected from './autoscaler-rejected.ts';
import autoscalerWithoutTarget from './autoscaler-without-target.ts';
import autoscalersFight from './autoscalers-fight.ts';
import backupsStop from './backups-stop.ts';
import brokenPodStays from './broken-pod-stays.ts';
import certificateBeforeDns from './certificate-before-dns.ts';
import certificateNeverIssued from './certificate-never-issued.ts';
import chartHidesAppMajor from './chart-hides-app-major.ts';
import clientIncomplete from './client-incomplete.ts';
import commitMixesDeploys from './commit-mixes-deploys.ts';
import componentListUnclear from './component-list-unclear.ts';
import configChangeNotPickedUp from './config-change-not-picked-up.ts';
import configChangeRunsCronjob from './config-change-runs-cronjob.ts';
import configInAnotherNamespace from './config-in-another-namespace.ts';
import configNobodyReads from './config-nobody-reads.ts';
import cooldownWithoutEffect from './cooldown-without-effect.ts';
import databaseRefusesItsData from './database-refuses-its-data.ts';
import destinationNotUsed from './destination-not-used.ts';
import duplicateKey from './duplicate-key.ts';
import externalDnsLosesHold from './external-dns-loses-hold.ts';
import fieldCannotChange from './field-cannot-change.ts';
import fileNotInTree from './file-not-in-tree.ts';
import generatePathsLeaveOut from './generate-paths-leave-out.ts';
import generatorWithoutHash from './generator-without-hash.ts';
import handoverDeletes from './handover-deletes.ts';
import heldComponentMoved from './held-component-moved.ts';
import hostnameWithoutDns from './hostname-without-dns.ts';
import imageGoesBack from './image-goes-back.ts';
import imageLeftBehind from './image-left-behind.ts';
import imageLosesItsFlavour from './image-loses-its-flavour.ts';
import imageOfAnotherClient from './image-of-another-client.ts';
import imagesEntryMatchesNothing from './images-entry-matches-nothing.ts';
import keyNotInConfig from './key-not-in-config.ts';
import kustomizationRefused from './kustomization-refused.ts';
import lookAlikeCharacter from './look-alike-character.ts';
import majorTagNotOnStaging from './major-tag-not-on-staging.ts';
import messageNamesAnotherApp from './message-names-another-app.ts';
import messageNamesAnotherVersion from './message-names-another-version.ts';
import namedByItsOldName from './named-by-its-old-name.ts';
import nodeDrainBlocked from './node-drain-blocked.ts';
import objectAppliedTwice from './object-applied-twice.ts';
import objectRejected from './object-rejected.ts';
import patchReachesAnotherContainer from './patch-reaches-another-container.ts';
import pathLeavesRepository from './path-leaves-repository.ts';
import policyChanged from './policy-changed.ts';
import projectForbidsApplication from './project-forbids-application.ts';
import referenceToNothing from './reference-to-nothing.ts';
import reloaderAnnotationIgnored from './reloader-annotation-ignored.ts';
import removedButStillNamed from './removed-but-still-named.ts';
import replicasDropToOne from './replicas-drop-to-one.ts';
import replicasFightAutoscaler from './replicas-fight-autoscaler.ts';
import revertLeavesBehind from './revert-leaves-behind.ts';
import rolloutDeadlocks from './rollout-deadlocks.ts';
import rolloutDropsRequests from './rollout-drops-requests.ts';
import rolloutRejected from './rollout-rejected.ts';
import rolloutWithoutReadiness from './rollout-without-readiness.ts';
import routeClaimedTwice from './route-claimed-twice.ts';
import secretInClearText from './secret-in-clear-text.ts';
import selectorMissesPods from './selector-misses-pods.ts';
import servedFromZero from './served-from-zero.ts';
import siblingsOutOfStep from './siblings-out-of-step.ts';
import sourceCanMove from './source-can-move.ts';
import subFolderNotApplied from './sub-folder-not-applied.ts';
import syncOrderDeadlocks from './sync-order-deadlocks.ts';
import syncSettingIgnored from './sync-setting-ignored.ts';
import tagCanMove from './tag-can-move.ts';
import tagIsANumber from './tag-is-a-number.ts';
import tagMovesDigestStays from './tag-moves-digest-stays.ts';
import tagOverriddenByArgoCd from './tag-overridden-by-argo-cd.ts';
import tlsHostsDisagree from './tls-hosts-disagree.ts';
import tooManyAllowances from './too-many-allowances.ts';
import trackedFileStale from './tracked-file-stale.ts';
import trackedVersionDiffers from './tracked-version-differs.ts';
import unknownField from './unknown-field.ts';
import upgradeRemovesApi from './upgrade-removes-api.ts';
import upgradeSkipsAVersion from './upgrade-skips-a-version.ts';
import versionCannotGoBack from './version-cannot-go-back.ts';
import yamlDoesNotParse from './yaml-does-not-parse.ts';

/** Every rule, sorted by id. A test compares the list with the folder. */
const rules: readonly Rule[] = [
  allowanceWithoutEffect,
  ambiguousYaml,
  apiRemoved,
  autoscalerCannotMeasure,
  autoscalerRejected,
  autoscalerWithoutTarget,
  autoscalersFight,
  backupsStop,
  brokenPodStays,
  certificateBeforeDns,
  certificateNeverIssued,
  chartHidesAppMajor,
  clientIncomplete,
  commitMixesDeploys,
  componentListUnclear,
  configChangeNotPickedUp,
  configChangeRunsCronjob,
  configInAnotherNamespace,
  configNobodyReads,
  cooldownWithoutEffect,
  databaseRefusesItsData,
  destinationNotUsed,
  duplicateKey,
  externalDnsLosesHold,
  fieldCannotChange,
  fileNotInTree,
  generatePathsLeaveOut,
  generatorWithoutHash,
  handoverDeletes,
  heldComponentMoved,
  hostnameWithoutDns,
  imageGoesBack,
  imageLeftBehind,
  imageLosesItsFlavour,
  imageOfAnotherClient,
  imagesEntryMatchesNothing,
  keyNotInConfig,
  kustomizationRefused,
  lookAlikeCharacter,
  majorTagNotOnStaging,
  messageNamesAnotherApp,
  messageNamesAnotherVersion,
  namedByItsOldName,
  nodeDrainBlocked,
  objectAppliedTwice,
  objectRejected,
  patchReachesAnotherContainer,
  pathLeavesRepository,
  policyChanged,
  projectForbidsApplication,
  referenceToNothing,
  reloaderAnnotationIgnored,
  removedButStillNamed,
  replicasDropToOne,
  replicasFightAutoscaler,
  revertLeavesBehind,
  rolloutDeadlocks,
  rolloutDropsRequests,
  rolloutRejected,
  rolloutWithoutReadiness,
  routeClaimedTwice,
  secretInClearText,
  selectorMissesPods,
  servedFromZero,
  siblingsOutOfStep,
  sourceCanMove,
  subFolderNotApplied,
  syncOrderDeadlocks,
  syncSettingIgnored,
  tagCanMove,
  tagIsANumber,
  tagMovesDigestStays,
  tagOverriddenByArgoCd,
  tlsHostsDisagree,
  tooManyAllowances,
  trackedFileStale,
  trackedVersionDiffers,
  unknownField,
  upgradeRemovesApi,
  upgradeSkipsAVersion,
  versionCannotGoBack,
  yamlDoesNotParse,
];

export default rules;
