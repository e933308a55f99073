resource "cloudflare_record" "nordbok_apex" {
  zone_id = cloudflare_zone.nordbok.id
  name    = "@"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "nordbok_www" {
  zone_id = cloudflare_zone.nordbok.id
  name    = "www"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "nordbok_mx" {
  zone_id  = cloudflare_zone.nordbok.id
  name     = "@"
  type     = "MX"
  content  = "mx.mail.example"
  priority = 10
}
