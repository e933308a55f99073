variable "account_id" {
  description = "The Cloudflare account that owns the zones"
  type        = string
}

resource "cloudflare_zone" "ecommercen" {
  account_id = var.account_id
  zone       = "ecommercen.example"
}

resource "cloudflare_zone" "wecare" {
  account_id = var.account_id
  zone       = "wecare.example"
}

resource "cloudflare_zone" "gardenia" {
  account_id = var.account_id
  zone       = "gardenia.example"
}

resource "cloudflare_zone" "nordbok" {
  account_id = var.account_id
  zone       = "nordbok.example"
}
