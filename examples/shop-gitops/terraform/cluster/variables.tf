variable "cluster_name" {
  description = "Prefix of every machine and network"
  type        = string
  default     = "shops"
}

variable "kubernetes_version" {
  description = "Of the control plane and the nodes; nodes are replaced one by one when it moves"
  type        = string
  default     = "v1.31.6+rke2r1"
}

variable "location" {
  type    = string
  default = "fsn1"
}

variable "worker_count" {
  type    = number
  default = 5
}

variable "worker_type" {
  type    = string
  default = "ccx33"
}
