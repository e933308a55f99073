resource "hcloud_placement_group" "spread" {
  name = var.cluster_name
  type = "spread"
}

resource "hcloud_server" "server" {
  count = 3

  name               = "${var.cluster_name}-server-${count.index}"
  image              = "ubuntu-24.04"
  location           = var.location
  server_type        = "cpx31"
  placement_group_id = hcloud_placement_group.spread.id
  firewall_ids       = [hcloud_firewall.nodes.id]

  user_data = templatefile("${path.module}/cloud-init.yaml.tftpl", {
    role    = "server"
    version = var.kubernetes_version
  })
}

resource "hcloud_server" "worker" {
  count = var.worker_count

  name         = "${var.cluster_name}-worker-${count.index}"
  image        = "ubuntu-24.04"
  location     = var.location
  server_type  = var.worker_type
  firewall_ids = [hcloud_firewall.nodes.id]

  user_data = templatefile("${path.module}/cloud-init.yaml.tftpl", {
    role    = "agent"
    version = var.kubernetes_version
  })
}
