# shellcheck shell=bash disable=SC2034,SC2154 # the variables and functions of ./run, which reads this file for ./run --cluster
# Three gateways on Apache Kafka with mosquitto and a balancer, all on this machine: to see what happens when one of them dies.

readonly GATEWAYS=(1 2 3)

# Daemons that a package would start at once: so nobody but the user installs them.
cluster_needs() {
    local packages=()
    [[ -x /usr/sbin/mosquitto ]] || packages+=(mosquitto)
    [[ -x /usr/sbin/haproxy ]] || packages+=(haproxy)
    [[ ${#packages[@]} -eq 0 ]] || fail "for a cluster please run: sudo apt-get install ${packages[*]}"
    [[ $(available_gib) -ge 2 ]] || fail "a cluster takes 2 GiB of memory, $(available_gib) are free"
    [[ -d kafka-node/target/lib ]] || mvn -B -q package -pl kafka-node
}

available_gib() { awk '/^MemAvailable/ {print int($2 / 1048576)}' /proc/meminfo; }

# --- Kafka --------------------------------------------------------------------------------------------------------------------

# java of Kafka: <log level> <class> <arguments…>
kafka_java() {
    local level=$1
    shift
    exec "$JAVA_HOME/bin/java" -Xms64m -Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 \
        "-Dorg.slf4j.simpleLogger.defaultLogLevel=$level" -cp "$PWD/kafka-node/target/lib/*" "$@"
}

configure_kafka() {
    local i voters=() copies
    nodes=(1)
    [[ $(available_gib) -lt 4 ]] || nodes=(1 2 3)
    copies=${#nodes[@]}
    for i in "${nodes[@]}"; do
        kafka_ports[i]=$(free_port 127.0.0.1 $((19082 + 10 * i)))
        quorum_ports[i]=$(free_port 127.0.0.1 $((19087 + 10 * i)))
        voters+=("$i@127.0.0.1:${quorum_ports[i]}")
        servers+=("127.0.0.1:${kafka_ports[i]}")
    done
    for i in "${nodes[@]}"; do
        cat >"$place/kafka-$i.properties" <<END
process.roles=broker,controller
node.id=$i
controller.quorum.voters=$(join "${voters[@]}")
controller.listener.names=CONTROLLER
listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT
listeners=PLAINTEXT://127.0.0.1:${kafka_ports[i]},CONTROLLER://127.0.0.1:${quorum_ports[i]}
log.dirs=$place/kafka-$i
offsets.topic.replication.factor=$copies
transaction.state.log.replication.factor=$copies
transaction.state.log.min.isr=$(((copies + 1) / 2))
offsets.topic.num.partitions=3
transaction.state.log.num.partitions=3
auto.create.topics.enable=false
group.initial.rebalance.delay.ms=0
log.cleaner.dedupe.buffer.size=4194304
log.index.size.max.bytes=1048576
broker.session.timeout.ms=4000
broker.heartbeat.interval.ms=1000
controller.quorum.fetch.timeout.ms=2000
transaction.abort.timed.out.transaction.cleanup.interval.ms=1000
END
        (kafka_java error kafka.tools.StorageTool format -t MkU3OEVBNTcwNTJENDM2Qg -c "$place/kafka-$i.properties") \
            >"$place/kafka-$i.log" 2>&1 || fail "Kafka's folder cannot be prepared; the log is $place/kafka-$i.log"
    done
}

start_kafka_node() {
    (kafka_java warn kafka.Kafka "$place/kafka-$1.properties") >>"$place/kafka-$1.log" 2>&1 &
    kafka_pids[$1]=$!
}

join() {
    local IFS=,
    say "$*"
}

# --- mosquitto and the balancer -----------------------------------------------------------------------------------------------

start_mosquitto() {
    mqtt=$(free_port 127.0.0.1 1883)
    printf 'listener %s 127.0.0.1\nallow_anonymous true\nset_tcp_nodelay true\n' "$mqtt" >"$place/mosquitto.conf"
    /usr/sbin/mosquitto -c "$place/mosquitto.conf" >"$place/mosquitto.log" 2>&1 &
    others+=($!)
    pid=$!
    await 10 "mosquitto" open_port 127.0.0.1 "$mqtt"
}

# By the TCP connection, since phones write requests that no HTTP proxy lets pass; the gateways hear the phone's address by
# the PROXY protocol.
start_balancer() {
    local i
    {
        printf 'defaults\n  mode tcp\n  timeout connect 5s\n  timeout client 30s\n  timeout server 30s\n'
        printf 'listen phones\n  bind 127.0.0.1:%s\n  balance roundrobin\n  option httpchk GET /health\n' "$http"
        printf '  option redispatch\n  retries 3\n'
        for i in "${GATEWAYS[@]}"; do
            printf '  server gateway-%s 127.0.0.1:%s send-proxy-v2 check port %s inter 1s fall 1 rise 1\n' \
                "$i" "${ingress_ports[i]}" "${page_ports[i]}"
        done
    } >"$place/haproxy.cfg"
    /usr/sbin/haproxy -db -f "$place/haproxy.cfg" >"$place/haproxy.log" 2>&1 &
    others+=($!)
}

# --- the gateways -------------------------------------------------------------------------------------------------------------

configure_gateway() {
    local i=$1 n
    home=$place/gateway-$i
    mkdir -p "$home"
    tar xzf "$(archive)" -C "$home" --strip-components=1
    set_key org.bellwire.ingress.cfg host 127.0.0.1
    set_key org.bellwire.ingress.cfg port "${ingress_ports[i]}"
    set_key org.bellwire.ingress.cfg token "$token"
    set_key org.bellwire.ingress.cfg trusted.proxies 127.0.0.1
    set_key org.bellwire.ingress.cfg url.host "127.0.0.1:$http"
    set_key org.bellwire.console.cfg port "${page_ports[i]}"
    set_key org.bellwire.mqtt.cfg url "tcp://127.0.0.1:$mqtt"
    set_key org.bellwire.mqtt.cfg client.id "gateway-$i"
    set_key org.bellwire.mqtt.cfg keep.alive.s 5
    set_key org.bellwire.cluster.cfg servers "$(join "${servers[@]}")"
    [[ $i = 1 ]] || set_key org.bellwire.homeassistant.cfg style off
    sed -i '/bellwire-broker/d; s/^featuresBoot = .*/featuresBoot = bellwire-cluster, bellwire-simulator, \\/' \
        "$home/etc/org.apache.karaf.features.cfg"
    # Numbers that the three gateways share: those of room-1 to room-9 would all be one gateway's.
    for n in {1..9}; do
        printf 'vendor = htek\nname = Room %s0\nmac = 02:00:00:00:01:0%s\n' "$n" "$n" >"$home/etc/org.bellwire.phone-room-${n}0.cfg"
    done
    fill_in bundles/binding-htek/src/demo/org.bellwire.phone-reception.cfg
    # The phone itself stands beside the last gateway.
    [[ $i -lt ${#GATEWAYS[@]} ]] || fill_in bundles/binding-htek/src/demo/org.bellwire.simulator-reception.cfg
}

start_gateway() {
    "$place/gateway-$1/bin/karaf" server >"$place/gateway-$1/terminal.log" 2>&1 &
    gateway_pids[$1]=$!
}

all_gateways_are_there() {
    local info
    info=$(mosquitto_sub -p "$mqtt" -t bellwire/bridge/info -C 1 -W 2)
    [[ $info = *gateway-1* && $info = *gateway-2* && $info = *gateway-3* ]]
}

reception_is_online() {
    [[ $(mosquitto_sub -p "$mqtt" -t bellwire/reception/availability -C 1 -W 2) = online ]]
}

report() { curl -fsS "http://127.0.0.1:$http/action/htek/$token/$1"; }

start_cluster() {
    local i
    place=$PWD/target/cluster
    home=$place
    rm -rf "$place"
    mkdir -p "$place"
    http=$(free_port 127.0.0.1 8087)
    phones=$(free_port 127.0.87.1 8090)
    secret=$(head -c 12 /dev/urandom | od -An -tx1 | tr -d ' \n')
    token=$(head -c 18 /dev/urandom | base64 | tr '+/' '-_')
    start_mosquitto
    configure_kafka
    for i in "${nodes[@]}"; do start_kafka_node "$i"; done
    for i in "${GATEWAYS[@]}"; do
        ingress_ports[i]=$(free_port 127.0.0.1 $((18077 + 10 * i)))
        page_ports[i]=$(free_port 127.0.0.1 $((18171 + 10 * i)))
        configure_gateway "$i"
    done
    for i in "${GATEWAYS[@]}"; do start_gateway "$i"; done
    start_balancer
    pid=${gateway_pids[1]}
    home=$place/gateway-1
    say "Starting ${#nodes[@]} node(s) of Kafka and three gateways (half a minute) …"
    await 180 "the cluster" all_gateways_are_there
    await 60 "the simulated phone" reception_is_online
    await 60 "a gateway behind the balancer" report 'off-hook?mac=020000000101'
    await 60 "the web page" link_to_the_page
}

stop_cluster() {
    trap '' INT TERM
    local one
    say
    say "Stopping …"
    # Those that were started again by hand are nobody's children.
    for one in "${GATEWAYS[@]}"; do "$place/gateway-$one/bin/stop" >/dev/null 2>&1 || true; done
    for one in "${gateway_pids[@]}"; do kill "$one" 2>/dev/null || true; done
    for one in "${gateway_pids[@]}"; do wait "$one" 2>/dev/null || true; done
    # Not asked to end: the last node would wait for others that have gone.
    for one in "${kafka_pids[@]}"; do kill -9 "$one" 2>/dev/null || true; done
    for one in "${others[@]}"; do kill "$one" 2>/dev/null || true; done
    wait 2>/dev/null || true
}

tell_of_the_cluster() {
    cat <<END

Three gateways run as one cluster on ${#nodes[@]} node(s) of Kafka, with mosquitto on port $mqtt and a balancer on port $http.
Nine phones, room-10 to room-90, and one that is simulated, reception, belong to whichever gateway owns them.

In a second terminal, see who is there and all events:
  mosquitto_sub -p $mqtt -v -t 'bellwire/bridge/#' -t 'bellwire/+/event/#'

In a third, let a phone report by the balancer twice a second; an answer that is no 200 shows:
  i=0; while sleep 0.5; do i=\$((i + 1)); curl -s -o /dev/null -w '%{http_code} ' "http://127.0.0.1:$http/action/htek/$token/off-hook?mac=02000000010\$((i % 9 + 1))"; done

Now take something away. Events go on: the phones of a gateway that is killed after 6 to 10 s, and none is lost:
  kill -9 ${gateway_pids[1]}     # gateway 1; again: $place/gateway-1/bin/start
  kill -9 ${gateway_pids[2]}     # gateway 2; again: $place/gateway-2/bin/start
END
    if [[ ${#nodes[@]} -gt 1 ]]; then
        say "  kill -9 ${kafka_pids[2]}     # a node of Kafka: reports wait on the gateways' disks until it has another leader"
    fi
    cat <<END
  kill -STOP ${gateway_pids[1]}; sleep 12; kill -CONT ${gateway_pids[1]}     # a gateway that sleeps: it does nothing twice when it wakes

A command goes to the owner of its phone, whoever hears it:
  mosquitto_pub -p $mqtt -t bellwire/reception/command/dial -m 42
  mosquitto_pub -p $mqtt -t bellwire/reception/command/hangup -m PRESS

The page of gateway 1, and which of the partitions it owns:
  $(link_to_the_page)
  grep owns $place/gateway-1/data/log/bellwire.log

What it is and what does not work in a cluster yet: docs/scaling.md. Ctrl-C stops it.
END
}

run_cluster() {
    nodes=() kafka_ports=() quorum_ports=() servers=() kafka_pids=() others=() ingress_ports=() page_ports=() gateway_pids=()
    cluster_needs
    trap stop_cluster EXIT
    start_cluster
    tell_of_the_cluster
    # Until Ctrl-C, whatever is killed meanwhile.
    while :; do wait || true; sleep 1; done
}
