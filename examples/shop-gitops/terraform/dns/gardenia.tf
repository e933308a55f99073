resource "cloudflare_record" "gardenia_apex" {
  zone_id = cloudflare_zone.gardenia.id
  name    = "@"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "gardenia_www" {
  zone_id = cloudflare_zone.gardenia.id
  name    = "www"
  type    = "CNAME"
  content = "ingress.ecommercen.example"
  proxied = true
}

resource "cloudflare_record" "gardenia_mx" {
  zone_id  = cloudflare_zone.gardenia.id
  name     = "@"
  type     = "MX"
  content  = "mx.mail.example"
  priority = 10
}
