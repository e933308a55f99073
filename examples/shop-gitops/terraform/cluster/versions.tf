terraform {
  required_version = ">= 1.9"

  required_providers {
    hcloud = {
      source  = "hetznercloud/hcloud"
      version = "~> 1.49"
    }
  }

  backend "s3" {
    bucket = "ecommercen-terraform"
    key    = "cluster.tfstate"
    region = "eu-central-1"
  }
}

# The token comes from HCLOUD_TOKEN.
provider "hcloud" {}
