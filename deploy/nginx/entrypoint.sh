#!/bin/sh
# Renders config.json and the nginx configuration from the environment, then becomes nginx.
#
#   MQTAB_PORT            port to listen on (8080)
#   MQTAB_BASE_PATH       path of the site (/)
#   MQTAB_TITLE           title of the site
#   MQTAB_DEFAULT_BROKER  broker of a first connection: a ws:// or wss:// URL, or a path on this site
#   MQTAB_CONNECTIONS     preset connections, a JSON array
#   MQTT_UPSTREAM         host:port of a broker's WebSocket listener, to be reached at <base>/mqtt
#   MQTT_UPSTREAM_PATH    path of that listener (/mqtt)
#
# MQTAB_SITE, MQTAB_RUN and MQTAB_MIME_TYPES say where the files are; the image's own places are the
# defaults. Only MQTAB_RUN is written to.
set -eu
umask 022

here=$(CDPATH='' cd -- "$(dirname -- "$0")" && pwd)
port=${MQTAB_PORT:-8080}
base=${MQTAB_BASE_PATH:-/}
upstream=${MQTT_UPSTREAM:-}
upstream_path=${MQTT_UPSTREAM_PATH:-/mqtt}
site=${MQTAB_SITE:-$here/../site}
run=${MQTAB_RUN:-/tmp/mqtab}
mime_types=${MQTAB_MIME_TYPES:-/etc/nginx/mime.types}

fail() {
  echo "mqtab: $1" >&2
  exit 1
}

# These go into the configuration of nginx, so they may hold nothing that means something there.
check() {
  case $2 in
    *[!A-Za-z0-9._~:/%+-]*) fail "$1 may hold only letters, digits and . _ ~ : / % + -" ;;
  esac
}
check MQTAB_PORT "$port"
check MQTAB_BASE_PATH "$base"
check MQTT_UPSTREAM "$upstream"
check MQTT_UPSTREAM_PATH "$upstream_path"
is_port() {
  case $1 in
    '' | *[!0-9]* | ??????*) return 1 ;;
  esac
  [ "$1" -ge 1 ] && [ "$1" -le 65535 ]
}
is_port "$port" || fail "MQTAB_PORT is not a port: $port"
if [ -n "$upstream" ]; then
  case ${upstream%:*} in
    '' | *[:/]*) fail "MQTT_UPSTREAM is not host:port: $upstream" ;;
  esac
  is_port "${upstream##*:}" || fail "MQTT_UPSTREAM is not host:port: $upstream"
fi
case $upstream_path in
  /*) ;;
  *) fail "MQTT_UPSTREAM_PATH does not begin with /: $upstream_path" ;;
esac
# Without the line break that ends a block in YAML.
connections=$(printf '%s' "${MQTAB_CONNECTIONS:-[]}")
case $connections in
  \[*\]) ;;
  *) fail 'MQTAB_CONNECTIONS is not a JSON array' ;;
esac
base=/${base#/}
base=${base%/}/

# A JSON string: backslash and quote escaped, line breaks and other control characters left out.
json_string() {
  printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/\\/\\\\/g; s/"/\\"/g')"
}

# A path without a leading slash is seen from the page's own folder.
default_broker=${MQTAB_DEFAULT_BROKER:-${upstream:+mqtt}}

mkdir -p "$run"
{
  printf '{"connections":%s' "$connections"
  if [ -n "${MQTAB_TITLE:-}" ]; then
    printf ',"title":%s' "$(json_string "$MQTAB_TITLE")"
  fi
  if [ -n "$default_broker" ]; then
    printf ',"defaultBroker":%s' "$(json_string "$default_broker")"
  fi
  printf '}\n'
} >"$run/config.json"

{
  if [ "$base" != / ]; then
    cat <<CONF
location = ${base%/} {
  include $here/security.conf;
  return 301 $base;
}
location / {
  include $here/security.conf;
  return 404;
}
CONF
  fi
  if [ -n "$upstream" ]; then
    cat <<CONF
location = ${base}mqtt {
  include $here/security.conf;
  proxy_pass http://$upstream$upstream_path;
  proxy_http_version 1.1;
  proxy_set_header Upgrade \$http_upgrade;
  proxy_set_header Connection "upgrade";
  proxy_set_header Host \$host;
  proxy_buffering off;
  # A quiet subscription may be silent for long; the clients' keep alive is the one that decides.
  proxy_read_timeout 3600s;
  proxy_send_timeout 3600s;
}
CONF
  fi
} >"$run/optional.conf"

sed -e "s|@PORT@|$port|g" \
  -e "s|@BASE@|$base|g" \
  -e "s|@SITE@|$site|g" \
  -e "s|@RUN@|$run|g" \
  -e "s|@SECURITY@|$here/security.conf|g" \
  -e "s|@MIME_TYPES@|$mime_types|g" \
  "$here/nginx.conf.template" >"$run/nginx.conf"

exec nginx -e stderr -c "$run/nginx.conf" -g 'daemon off;'
