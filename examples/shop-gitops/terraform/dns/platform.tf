locals {
  ingress_ip = "203.0.113.10"
}

resource "cloudflare_record" "ingress" {
  zone_id = cloudflare_zone.ecommercen.id
  name    = "ingress"
  type    = "A"
  content = local.ingress_ip
  ttl     = 300
}

# Every staging shop is <client>.staging.ecommercen.example.
resource "cloudflare_record" "staging" {
  zone_id = cloudflare_zone.ecommercen.id
  name    = "*.staging"
  type    = "A"
  content = local.ingress_ip
  ttl     = 300
}

resource "cloudflare_record" "platform" {
  for_each = toset(["argocd", "grafana", "openbao"])

  zone_id = cloudflare_zone.ecommercen.id
  name    = each.key
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  ttl     = 300
}
