resource "cloudflare_record" "wecare_apex" {
  zone_id = cloudflare_zone.wecare.id
  name    = "@"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "wecare_www" {
  zone_id = cloudflare_zone.wecare.id
  name    = "www"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "wecare_mx" {
  zone_id  = cloudflare_zone.wecare.id
  name     = "@"
  type     = "MX"
  content  = "mx.mail.example"
  priority = 10
}
