terraform {
  required_version = ">= 1.9"

  required_providers {
    cloudflare = {
      source  = "cloudflare/cloudflare"
      version = "~> 4.52"
    }
  }

  backend "s3" {
    bucket = "ecommercen-terraform"
    key    = "dns.tfstate"
    region = "eu-central-1"
  }
}

# The token comes from CLOUDFLARE_API_TOKEN.
provider "cloudflare" {}
