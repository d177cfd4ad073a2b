# syntax=docker/dockerfile:1
# docker build -t mqtab . && docker run --read-only --tmpfs /tmp -p 8080:8080 mqtab
# Settings: deploy/nginx/entrypoint.sh. Both images can be replaced, for example by a mirror's.
ARG NODE_IMAGE=node:24-bookworm-slim
ARG NGINX_IMAGE=nginxinc/nginx-unprivileged:1.28-alpine

FROM ${NODE_IMAGE} AS build
WORKDIR /src
COPY package.json package-lock.json .npmrc ./
RUN npm ci --ignore-scripts
COPY . .
RUN npm run build && node deploy/prepare.mjs dist deploy/nginx/security.conf

FROM ${NGINX_IMAGE}
COPY --from=build /src/deploy/nginx /usr/share/mqtab/nginx
COPY --from=build /src/dist /usr/share/mqtab/site
USER 101
EXPOSE 8080
# nginx lets open responses end on SIGQUIT.
STOPSIGNAL SIGQUIT
HEALTHCHECK --interval=30s --timeout=3s --start-period=5s \
  CMD wget -q -O /dev/null "http://127.0.0.1:${MQTAB_PORT:-8080}/healthz"
ENTRYPOINT ["/bin/sh", "/usr/share/mqtab/nginx/entrypoint.sh"]
