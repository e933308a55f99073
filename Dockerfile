# deploy-lint with git and nothing else, for pipelines that run images:
#   docker build --tag deploy-lint .
#   docker run --rm --user "$(id -u)" --volume "$PWD:/repository:ro" deploy-lint --from origin/main --to HEAD
# The user is the one who owns the clone: git refuses one of somebody else, and so does deploy-lint.
FROM node:20-slim AS build
WORKDIR /source
COPY . .
RUN npm ci --ignore-scripts --no-fund --no-audit && npm run --silent build && npm pack --ignore-scripts --pack-destination /tmp \
  && mkdir /package && tar --extract --gzip --file /tmp/deploy-lint-*.tgz --strip-components 1 --directory /package

FROM node:20-slim
RUN apt-get update \
  && apt-get install --yes --no-install-recommends git \
  && rm -rf /var/lib/apt/lists/*
COPY --from=build /package /opt/deploy-lint
RUN ln -s /opt/deploy-lint/dist/deploy-lint.cjs /usr/local/bin/deploy-lint
USER node
WORKDIR /repository
ENTRYPOINT ["deploy-lint"]
