// Printed by build/risk-table.mjs from rules/risk-table.yaml; `npm run generate` prints it again.
import type { RiskTable } from './table.ts';

export const RISK_TABLE: RiskTable = {
  "rows": [
    {
      "id": "image-patch",
      "title": "image patch",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "patch"
        ]
      },
      "shape": "rolling update",
      "reason": "A patch of the same version line; the old pods serve until the new ones are ready.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-major",
      "title": "image major",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "major"
        ]
      },
      "shape": "rolling update",
      "reason": "A major version may need a database migration, which a revert does not undo.",
      "obligations": [
        "staging-first",
        "db-migration"
      ],
      "consult": []
    },
    {
      "id": "env-added",
      "title": "new environment variable",
      "level": "low",
      "when": {
        "kind": "env",
        "moves": [
          "added"
        ]
      },
      "shape": "rolling restart, by Reloader where the value comes from a ConfigMap",
      "reason": "The pods restart with one more setting; code that does not know it is not touched.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "autoscaler-threshold",
      "title": "autoscaler threshold",
      "level": "low",
      "when": {
        "kind": "autoscaler",
        "moves": [
          "threshold"
        ]
      },
      "shape": "no restart; takes effect at the next scale event",
      "reason": "Only when the autoscaler next decides does the number of pods follow the new threshold.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "hostname-added",
      "title": "new hostname",
      "level": "medium",
      "when": {
        "kind": "hostname",
        "moves": [
          "added"
        ]
      },
      "shape": "the ingress controller reloads; the name works once its record has spread",
      "reason": "Without a DNS record nobody reaches the name, and its certificate cannot be issued.",
      "obligations": [
        "dns-record"
      ],
      "consult": []
    },
    {
      "id": "client-added",
      "title": "new client",
      "level": "medium",
      "when": {
        "kind": "client",
        "moves": [
          "added"
        ]
      },
      "shape": "new namespace, workloads, hostnames and database",
      "reason": "Many moving parts have to be there together, such as records, secrets, database users and images.",
      "obligations": [
        "dns-record"
      ],
      "consult": []
    },
    {
      "id": "mariadb-major",
      "title": "MariaDB major",
      "level": "high",
      "when": {
        "kind": "database",
        "moves": [
          "series"
        ],
        "engines": [
          "mariadb"
        ]
      },
      "shape": "the operator replaces the database pods one by one",
      "reason": "A new release series changes the data files, so a revert does not bring the old server back.",
      "obligations": [
        "staging-first",
        "backup",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "kubernetes-version",
      "title": "Kubernetes version",
      "level": "high",
      "when": {
        "kind": "kubernetes",
        "moves": [
          "minor"
        ]
      },
      "shape": "the control plane moves first, then every node is drained and replaced",
      "reason": "All workloads move to new nodes, and a control plane does not go back a version.",
      "obligations": [
        "staging-first",
        "maintenance-window"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "kubernetes-patch",
      "title": "Kubernetes patch",
      "level": "medium",
      "when": {
        "kind": "kubernetes",
        "moves": [
          "patch"
        ]
      },
      "shape": "every node is drained and replaced",
      "reason": "The version line stays, but the nodes are still replaced one after the other.",
      "obligations": [
        "maintenance-window"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "kubernetes-skip",
      "title": "Kubernetes version skipped",
      "level": "high",
      "when": {
        "kind": "kubernetes",
        "moves": [
          "skip"
        ]
      },
      "shape": "the provider may refuse it",
      "reason": "A control plane moves one minor version at a time; skipping one is not supported.",
      "obligations": [
        "staging-first",
        "maintenance-window"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "kubernetes-downgrade",
      "title": "Kubernetes downgrade",
      "level": "high",
      "when": {
        "kind": "kubernetes",
        "moves": [
          "downgrade"
        ]
      },
      "shape": "the provider may refuse it",
      "reason": "A control plane does not go back to an older minor version.",
      "obligations": [
        "staging-first",
        "maintenance-window"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "kubernetes-unknown",
      "title": "Kubernetes version of unknown size",
      "level": "high",
      "when": {
        "kind": "kubernetes",
        "moves": [
          "unknown"
        ]
      },
      "shape": "every node may be drained and replaced",
      "reason": "The two versions cannot be compared, so the step between them may be a large one.",
      "obligations": [
        "staging-first",
        "maintenance-window"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "broker-series",
      "title": "broker or cache major",
      "level": "medium",
      "when": {
        "kind": "database",
        "moves": [
          "series"
        ],
        "engines": [
          "rabbitmq",
          "kafka",
          "redis",
          "valkey"
        ]
      },
      "shape": "the broker restarts on the new release series",
      "reason": "Messages and keys stay readable for the new series, but not for the old one again.",
      "obligations": [
        "staging-first",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "database-series",
      "title": "database major",
      "level": "high",
      "when": {
        "kind": "database",
        "moves": [
          "series"
        ]
      },
      "shape": "the database restarts on the new release series",
      "reason": "A new release series changes the data files, so a revert does not bring the old server back.",
      "obligations": [
        "staging-first",
        "backup",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "database-series-downgrade",
      "title": "database major downgrade",
      "level": "high",
      "when": {
        "kind": "database",
        "moves": [
          "series-downgrade"
        ]
      },
      "shape": "the database may not start",
      "reason": "An older release series does not read the data files of a newer one; the way back is a restore.",
      "obligations": [
        "backup",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "database-unknown-version",
      "title": "database version of unknown size",
      "level": "high",
      "when": {
        "kind": "database",
        "moves": [
          "unknown-version"
        ]
      },
      "shape": "the database restarts",
      "reason": "The two versions cannot be compared, so the data files may change with this one.",
      "obligations": [
        "staging-first",
        "backup",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "database-version",
      "title": "database patch",
      "level": "medium",
      "when": {
        "kind": "database",
        "moves": [
          "version",
          "version-downgrade"
        ]
      },
      "shape": "the database restarts within its release series",
      "reason": "The data files stay as they are, but whatever uses the database sees it restart.",
      "obligations": [
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "crd-versions",
      "title": "custom resource definition",
      "level": "medium",
      "when": {
        "kind": "state",
        "moves": [
          "changed"
        ],
        "objects": [
          "CustomResourceDefinition"
        ]
      },
      "shape": "every object of the kind is read by the new definition",
      "reason": "A version that is no longer served or stored breaks the objects that still use it.",
      "obligations": [],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "volume-changed",
      "title": "volume",
      "level": "medium",
      "when": {
        "kind": "state",
        "moves": [
          "changed"
        ],
        "objects": [
          "PersistentVolumeClaim",
          "PersistentVolume"
        ]
      },
      "shape": "the volume grows in place, or at the next start of its pod",
      "reason": "It touches where data lies, which a revert of the manifest does not restore.",
      "obligations": [
        "backup"
      ],
      "consult": []
    },
    {
      "id": "state-changed",
      "title": "database or Redis",
      "level": "medium",
      "when": {
        "kind": "state",
        "moves": [
          "changed",
          "added"
        ]
      },
      "shape": "the database may restart",
      "reason": "It touches something that holds data, which a revert of the manifest does not restore.",
      "obligations": [
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "crd-removed",
      "title": "removal of a custom resource definition",
      "level": "high",
      "when": {
        "kind": "state",
        "moves": [
          "removed"
        ],
        "objects": [
          "CustomResourceDefinition"
        ]
      },
      "shape": "deleted with every object of its kind",
      "reason": "Deleting a definition deletes all objects of the kind in every namespace; a revert brings none of them back.",
      "obligations": [
        "backup"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "namespace-removed",
      "title": "removal of a namespace",
      "level": "high",
      "when": {
        "kind": "state",
        "moves": [
          "removed"
        ],
        "objects": [
          "Namespace"
        ]
      },
      "shape": "deleted with everything in it",
      "reason": "Every object of the namespace is deleted with it, volumes among them; a revert brings no data back.",
      "obligations": [
        "backup"
      ],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "volume-removed",
      "title": "removal of a volume",
      "level": "high",
      "when": {
        "kind": "state",
        "moves": [
          "removed"
        ],
        "objects": [
          "PersistentVolumeClaim",
          "PersistentVolume"
        ]
      },
      "shape": "deleted by the next sync where pruning is on",
      "reason": "The data goes with the volume unless it is retained, and a revert creates an empty one.",
      "obligations": [
        "backup"
      ],
      "consult": []
    },
    {
      "id": "state-removed",
      "title": "removal of something that holds data",
      "level": "high",
      "when": {
        "kind": "state",
        "moves": [
          "removed"
        ]
      },
      "shape": "deleted by the next sync where pruning is on",
      "reason": "The data may go with the object, and a revert creates an empty one.",
      "obligations": [
        "backup",
        "db-manager"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "image-build",
      "title": "image build",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "build"
        ]
      },
      "shape": "rolling update",
      "reason": "The same version, built again.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-minor",
      "title": "image minor",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "minor"
        ]
      },
      "shape": "rolling update",
      "reason": "A minor version adds and should break nothing; the old pods serve until the new ones are ready.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-revert",
      "title": "image put back",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "downgrade"
        ],
        "sizes": [
          "patch",
          "build"
        ],
        "revert": true
      },
      "shape": "rolling update",
      "reason": "The commit undoes an earlier one, and the step back is no larger than a patch.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-downgrade",
      "title": "image downgrade",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "downgrade"
        ]
      },
      "shape": "rolling update",
      "reason": "Older code meets data and settings that newer code has already changed.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-suffix",
      "title": "image of another flavour",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "suffix"
        ]
      },
      "shape": "rolling update",
      "reason": "The part after the version names a customer or a flavour, so this may be another build altogether.",
      "obligations": [
        "staging-first"
      ],
      "consult": []
    },
    {
      "id": "image-repository",
      "title": "image from another repository",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "repository"
        ]
      },
      "shape": "rolling update",
      "reason": "Equal tags of two repositories need not hold the same program, and the pull may need other credentials.",
      "obligations": [
        "staging-first"
      ],
      "consult": []
    },
    {
      "id": "image-floating",
      "title": "image no longer pinned",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "floating"
        ]
      },
      "shape": "rolling update, and a different image at any later restart",
      "reason": "The tag moves without a commit, so what runs is not what was reviewed, and a revert may not bring it back.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-scheme",
      "title": "image by another tag scheme",
      "level": "medium",
      "when": {
        "kind": "image",
        "moves": [
          "scheme"
        ]
      },
      "shape": "rolling update",
      "reason": "The two tags cannot be compared, so the step may be a major one.",
      "obligations": [
        "staging-first"
      ],
      "consult": []
    },
    {
      "id": "image-pinned",
      "title": "image pinned",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "pinned"
        ]
      },
      "shape": "rolling update",
      "reason": "A fixed tag takes the place of a moving one.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-unordered",
      "title": "image of unknown size",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "unordered",
          "digest"
        ]
      },
      "shape": "rolling update",
      "reason": "Hashes have no order and no size, so nothing here says how large the step is.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "image-container",
      "title": "container",
      "level": "low",
      "when": {
        "kind": "image",
        "moves": [
          "added",
          "removed"
        ]
      },
      "shape": "rolling update",
      "reason": "The pods are replaced with one container more or less.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "env-changed",
      "title": "environment variable",
      "level": "low",
      "when": {
        "kind": "env",
        "moves": [
          "changed",
          "removed"
        ]
      },
      "shape": "rolling restart",
      "reason": "The pods restart with another setting; a revert brings the old one back.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "config",
      "title": "configuration",
      "level": "low",
      "when": {
        "kind": "config"
      },
      "shape": "rolling restart, by Reloader or by the name's hash",
      "reason": "What reads it restarts with other settings; a revert brings the old ones back.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "replicas-zero",
      "title": "scaled to zero",
      "level": "medium",
      "when": {
        "kind": "replicas",
        "moves": [
          "zero"
        ]
      },
      "shape": "every pod stops",
      "reason": "No pod is left to serve.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "replicas-removed",
      "title": "replicas no longer stated",
      "level": "medium",
      "when": {
        "kind": "replicas",
        "moves": [
          "removed"
        ]
      },
      "shape": "may fall to one pod at the next sync",
      "reason": "Without the field the API server falls back to one pod, until an autoscaler raises it again.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "replicas",
      "title": "replicas",
      "level": "low",
      "when": {
        "kind": "replicas",
        "moves": [
          "up",
          "down",
          "from-zero"
        ]
      },
      "shape": "pods are added or stopped, none is replaced",
      "reason": "The running version stays as it is.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "autoscaler-minimum",
      "title": "autoscaler minimum of one or none",
      "level": "medium",
      "when": {
        "kind": "autoscaler",
        "moves": [
          "limits"
        ],
        "subjects": [
          "minReplicas",
          "minReplicaCount"
        ],
        "to": [
          "0",
          "1"
        ],
        "falls": true
      },
      "shape": "no restart; pods stop when the load is low",
      "reason": "With one pod or none there is nothing left to serve while it restarts or its node is drained.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "autoscaler-limits",
      "title": "autoscaler limits",
      "level": "low",
      "when": {
        "kind": "autoscaler",
        "moves": [
          "limits"
        ]
      },
      "shape": "no restart; takes effect at the next scale event",
      "reason": "The autoscaler keeps deciding, within other bounds.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "autoscaler",
      "title": "autoscaler",
      "level": "medium",
      "when": {
        "kind": "autoscaler",
        "moves": [
          "added",
          "removed",
          "other"
        ]
      },
      "shape": "the number of pods is decided by something else from here on",
      "reason": "What drives the number of pods changes, so it may move far from what runs now.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "init-container-added",
      "title": "new init container",
      "level": "medium",
      "when": {
        "kind": "workload",
        "moves": [
          "other"
        ],
        "subjects": [
          "init container added"
        ]
      },
      "shape": "rolling update",
      "reason": "No pod starts before it ends well, so one that waits or fails stops the rollout.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "workload",
      "title": "workload",
      "level": "low",
      "when": {
        "kind": "workload"
      },
      "shape": "rolling update where the pod template changes",
      "reason": "The pods are replaced with other settings; a revert brings the old ones back.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "immutable",
      "title": "immutable field",
      "level": "high",
      "when": {
        "kind": "immutable"
      },
      "shape": "the sync fails",
      "reason": "The API server refuses the change, so the sync stops until the object is deleted and created again.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "hostname-removed",
      "title": "hostname removed",
      "level": "medium",
      "when": {
        "kind": "hostname",
        "moves": [
          "removed"
        ]
      },
      "shape": "the ingress controller reloads; the name stops answering at once",
      "reason": "Whoever still uses the name gets an error.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "dns-added",
      "title": "new DNS record",
      "level": "low",
      "when": {
        "kind": "dns",
        "moves": [
          "added"
        ]
      },
      "shape": "known everywhere once cached answers have expired",
      "reason": "A name that did not exist begins to.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "dns-changed",
      "title": "DNS record",
      "level": "medium",
      "when": {
        "kind": "dns",
        "moves": [
          "changed",
          "removed"
        ]
      },
      "shape": "takes effect as cached answers expire, and comes back as slowly",
      "reason": "Traffic for the name goes elsewhere or nowhere, and a revert takes as long as the record is cached.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "access-widened-policy-below-production",
      "title": "network policy opened below production",
      "level": "low",
      "when": {
        "kind": "access",
        "moves": [
          "widened"
        ],
        "objects": [
          "NetworkPolicy"
        ],
        "environments": [
          "staging",
          "development"
        ]
      },
      "shape": "takes effect at once, without a restart",
      "reason": "One more peer may connect, and not in production.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "access-widened",
      "title": "access widened",
      "level": "medium",
      "when": {
        "kind": "access",
        "moves": [
          "widened"
        ]
      },
      "shape": "takes effect at once, without a restart",
      "reason": "Something may do more than before, which nobody notices until it is misused.",
      "obligations": [],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "admission-webhook",
      "title": "admission webhook",
      "level": "medium",
      "when": {
        "kind": "access",
        "moves": [
          "changed"
        ],
        "objects": [
          "ValidatingWebhookConfiguration",
          "MutatingWebhookConfiguration"
        ]
      },
      "shape": "takes effect at once, for every request that it matches",
      "reason": "The API server asks it before it takes a request, so requests fail where it does not answer.",
      "obligations": [],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "access-changed",
      "title": "access",
      "level": "medium",
      "when": {
        "kind": "access",
        "moves": [
          "changed"
        ]
      },
      "shape": "takes effect at once, without a restart",
      "reason": "Whatever relied on the old permission or connection is refused from now on.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "access-narrowed",
      "title": "access narrowed",
      "level": "low",
      "when": {
        "kind": "access",
        "moves": [
          "narrowed"
        ]
      },
      "shape": "takes effect at once, without a restart",
      "reason": "Something may do less than before.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "client-removed",
      "title": "client removed",
      "level": "medium",
      "when": {
        "kind": "client",
        "moves": [
          "removed"
        ]
      },
      "shape": "its applications go",
      "reason": "Everything that only this client used goes with it.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "application-removed-with-objects",
      "title": "application removed with what it applied",
      "level": "high",
      "when": {
        "kind": "application",
        "moves": [
          "removed-with-objects"
        ]
      },
      "shape": "everything that it applied is deleted",
      "reason": "The deletion cascades to every object of the application, volumes and databases among them.",
      "obligations": [
        "backup"
      ],
      "consult": [
        "db-manager"
      ]
    },
    {
      "id": "application-removed",
      "title": "application removed",
      "level": "medium",
      "when": {
        "kind": "application",
        "moves": [
          "removed"
        ]
      },
      "shape": "what it applied stays and is no longer synced, or is pruned by its parent",
      "reason": "From here on nothing in this repository keeps what it applied in order.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "application-added",
      "title": "new application",
      "level": "medium",
      "when": {
        "kind": "application",
        "moves": [
          "added"
        ]
      },
      "shape": "created by the next sync",
      "reason": "Many moving parts have to be there together, such as secrets, records and images.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "application-elsewhere",
      "title": "application applied elsewhere",
      "level": "medium",
      "when": {
        "kind": "application",
        "moves": [
          "changed"
        ],
        "subjects": [
          "destination",
          "project",
          "prune",
          "source",
          "generators"
        ]
      },
      "shape": "objects appear in a new place or are pruned from the old one",
      "reason": "What the application owns changes, and with pruning the rest is deleted.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "application-changed",
      "title": "application",
      "level": "low",
      "when": {
        "kind": "application",
        "moves": [
          "changed"
        ]
      },
      "shape": "taken up by the next sync",
      "reason": "How the application is synced changes; what it applies is compared by itself.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "api-service-removed",
      "title": "removal of an API service",
      "level": "high",
      "when": {
        "kind": "object",
        "moves": [
          "removed"
        ],
        "objects": [
          "APIService"
        ]
      },
      "shape": "the API is gone at once",
      "reason": "Everything in the cluster that reads this API fails, autoscalers among them.",
      "obligations": [],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "object-removed",
      "title": "object removed",
      "level": "medium",
      "when": {
        "kind": "object",
        "moves": [
          "removed"
        ]
      },
      "shape": "deleted by the next sync where pruning is on",
      "reason": "Argo CD prunes what the repository no longer has, and other objects may still use it.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "object-moved",
      "title": "object in another place",
      "level": "medium",
      "when": {
        "kind": "object",
        "moves": [
          "moved"
        ]
      },
      "shape": "created in the new place, deleted in the old one",
      "reason": "The old one is deleted without regard to whether the new one is ready.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "sync-hook",
      "title": "sync hook",
      "level": "medium",
      "when": {
        "kind": "object",
        "moves": [
          "added",
          "modified"
        ],
        "subjects": [
          "PreSync hook",
          "Sync hook"
        ]
      },
      "shape": "runs during the sync",
      "reason": "When it fails the sync stops, and nothing of the commit lands.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "object-added",
      "title": "object added",
      "level": "low",
      "when": {
        "kind": "object",
        "moves": [
          "added"
        ]
      },
      "shape": "created by the next sync",
      "reason": "Nothing that runs is touched.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "object-modified",
      "title": "object",
      "level": "low",
      "when": {
        "kind": "object",
        "moves": [
          "modified"
        ]
      },
      "shape": "updated in place by the next sync",
      "reason": "A revert brings the old state back.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "chart-patch",
      "title": "chart patch",
      "level": "low",
      "when": {
        "kind": "chart",
        "moves": [
          "patch"
        ]
      },
      "shape": "whatever the chart renders is updated",
      "reason": "A patch of the same chart version line; its content is not in this repository.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "chart-minor",
      "title": "chart minor",
      "level": "medium",
      "when": {
        "kind": "chart",
        "moves": [
          "minor"
        ]
      },
      "shape": "whatever the chart renders is updated",
      "reason": "A chart's minor version may carry another version of the program, and its content is not in this repository.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "chart-major",
      "title": "chart major",
      "level": "medium",
      "when": {
        "kind": "chart",
        "moves": [
          "major"
        ]
      },
      "shape": "whatever the chart renders is updated",
      "reason": "A chart's major version renames values or needs steps by hand, so its upgrade notes need a human.",
      "obligations": [
        "staging-first"
      ],
      "consult": []
    },
    {
      "id": "chart",
      "title": "chart",
      "level": "medium",
      "when": {
        "kind": "chart"
      },
      "shape": "whatever the chart renders appears, is updated or is pruned",
      "reason": "What the chart renders is not in this repository, so what changes is not known from here.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "component-patch",
      "title": "component patch",
      "level": "low",
      "when": {
        "kind": "component",
        "moves": [
          "patch"
        ]
      },
      "shape": "as its own manifests have it",
      "reason": "A patch of the same version line.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "component-minor",
      "title": "component minor",
      "level": "low",
      "when": {
        "kind": "component",
        "moves": [
          "minor"
        ]
      },
      "shape": "as its own manifests have it",
      "reason": "A minor version adds and should break nothing.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "component-major",
      "title": "component major",
      "level": "medium",
      "when": {
        "kind": "component",
        "moves": [
          "major"
        ]
      },
      "shape": "as its own manifests have it",
      "reason": "A major version may need steps by hand, so its upgrade notes need a human.",
      "obligations": [
        "staging-first"
      ],
      "consult": []
    },
    {
      "id": "component-unsized",
      "title": "component version",
      "level": "medium",
      "when": {
        "kind": "component",
        "moves": [
          "downgrade",
          "unknown"
        ]
      },
      "shape": "as its own manifests have it",
      "reason": "A step back or of unknown size may not be supported by the component.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "component-listed",
      "title": "component listed",
      "level": "low",
      "when": {
        "kind": "component",
        "moves": [
          "added",
          "removed"
        ]
      },
      "shape": "nothing in the cluster changes by the list alone",
      "reason": "The list says what is tracked; what runs is compared by itself.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "terraform-formatting",
      "title": "Terraform formatting",
      "level": "low",
      "when": {
        "kind": "terraform",
        "moves": [
          "changed"
        ],
        "subjects": [
          "formatting and comments only"
        ]
      },
      "shape": "nothing",
      "reason": "Only white space and comments differ.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "terraform",
      "title": "Terraform",
      "level": "medium",
      "when": {
        "kind": "terraform"
      },
      "shape": "as terraform plan shows it",
      "reason": "What it does to the infrastructure cannot be told from here, only from terraform plan.",
      "obligations": [],
      "consult": [
        "platform"
      ]
    },
    {
      "id": "remote-base",
      "title": "base in another repository",
      "level": "medium",
      "when": {
        "kind": "remote"
      },
      "shape": "not known from here",
      "reason": "The content of the other repository is not here, so what changes in the cluster is not known.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "build-fails",
      "title": "build that fails",
      "level": "high",
      "when": {
        "kind": "unknown",
        "moves": [
          "now-fails"
        ]
      },
      "shape": "the sync stops",
      "reason": "Argo CD cannot build it any more, so neither this commit nor a later one lands.",
      "obligations": [],
      "consult": []
    },
    {
      "id": "unknown-content",
      "title": "unknown content",
      "level": "medium",
      "when": {
        "kind": "unknown"
      },
      "shape": "not known from here",
      "reason": "What could not be read may change anything.",
      "obligations": [],
      "consult": []
    }
  ],
  "obligations": [
    {
      "id": "staging-first",
      "title": "staging first",
      "evidence": "staging",
      "unseen": "no image tag is concerned, so the history of staging says nothing about it"
    },
    {
      "id": "dns-record",
      "title": "DNS record",
      "evidence": "dns",
      "unseen": "the hostnames of the new parts are listed with their own evidence where they are known"
    },
    {
      "id": "db-migration",
      "title": "database migration",
      "evidence": "none",
      "unseen": "the image cannot be read from here; its release notes say whether one is needed"
    },
    {
      "id": "backup",
      "title": "fresh backup",
      "evidence": "none",
      "unseen": "backups run in the cluster, and the repository does not say when the last one ended well"
    },
    {
      "id": "db-manager",
      "title": "db-manager first",
      "evidence": "none",
      "unseen": "whether the database manager agreed is not written in the repository"
    },
    {
      "id": "maintenance-window",
      "title": "maintenance window",
      "evidence": "none",
      "unseen": "the calendar of maintenance windows is not in the repository"
    }
  ]
};
