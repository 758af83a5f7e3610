#!/usr/bin/env bash
# Runs one command on a machine with real video devices, and ends with the command's exit status.
#
# The machine is QEMU's, with Debian's own kernel and its v4l2loopback (0.12 in Debian 12), over this machine's own files
# (through 9p, read-only, with a layer that is thrown away). Devices and use are those of run-in-uml.sh. Without KVM
# everything is emulated: 15 to 50 times slower than there, arithmetic more so, and no AVX-512.
#
#   run-in-vm.sh [OPTION…] [--] COMMAND [ARGUMENT…]
#   run-in-vm.sh --prepare            only fills the cache
#   run-in-vm.sh --packages           prints the Debian packages that are needed
#
#   --cache DIR    kernel and first file system      $V4L2VM_CACHE    (~/.cache/v4l2vm)
#   --share DIR    a folder that may be written to, at the same path inside; may be repeated
#                                                    $V4L2VM_SHARE    (none)
#   --limit SEC    seconds until the machine is ended $V4L2VM_LIMIT   (120)
#   --console F    keeps the kernel's messages in F  $V4L2VM_CONSOLE
#   --env NAME     passes a variable in; may be repeated (PATH, HOME and LANG always are)
#
# More from the environment:
#   V4L2VM_VIVID, V4L2VM_LOOPBACK   parameters of the modules; "-" leaves one unloaded
#   V4L2VM_ACCEL                    kvm or tcg (kvm where it can work)
#   V4L2VM_CPU, V4L2VM_SMP, V4L2VM_MEM   QEMU's -cpu, -smp and -m (host or max, 2, 4G)
#   V4L2VM_KVER                     the kernel, "6.1.0-56-amd64" (that of linux-image-amd64)
#   V4L2VM_LOOPBACK_SRC             v4l2loopback's sources (Debian's)
#
# Exit status: the command's; 124 after the limit; 125 where the machine broke; 2 for a wrong option.
set -euo pipefail

packages='qemu-system-x86 cpio xz-utils binutils gcc make'   # gcc-12 on Debian 12
say()  { printf 'run-in-vm: %s\n' "$*" >&2; }
die()  { say "$2"; exit "$1"; }

cache=${V4L2VM_CACHE:-${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/v4l2vm}
limit=${V4L2VM_LIMIT:-120}
console=${V4L2VM_CONSOLE:-}
shares=(); [ -z "${V4L2VM_SHARE:-}" ] || shares+=("$V4L2VM_SHARE")
pass=(PATH HOME LANG)
prepare_only=
while [ $# -gt 0 ]; do
    case $1 in
        --cache)    cache=$2; shift 2 ;;
        --share)    shares+=("$2"); shift 2 ;;
        --limit)    limit=$2; shift 2 ;;
        --console)  console=$2; shift 2 ;;
        --env)      pass+=("$2"); shift 2 ;;
        --prepare)  prepare_only=1; shift ;;
        --packages) echo "$packages"; exit 0 ;;
        --help|-h)  sed -n '2,/^set -e/{/^set -e/d;s/^# \{0,1\}//;p}' "$0"; exit 0 ;;
        --)         shift; break ;;
        -*)         die 2 "unknown option $1 (see --help)" ;;
        *)          break ;;
    esac
done
[ -n "$prepare_only" ] || [ $# -gt 0 ] || die 2 'no command (see --help)'

# == The cache

# Loaded at boot, in this order; their dependencies are found below.
boot_modules='virtio_pci virtio_console 9pnet_virtio 9p overlay'
test_modules='vivid v4l2loopback'

modinfo_depends() {            # FILE.ko -> the modules it needs
    objcopy -O binary -j .modinfo "$1" /dev/stdout | tr '\0' '\n' \
        | sed -n 's/^depends=//p' | tr ',-' ' _'
}

add_module() {                 # NAME LIST: copy it in, after what it needs
    local name=${1//-/_} list=$2 dep from
    from=${module_file[$name]:-}
    [ -n "$from" ] && [ -z "${placed[$name]:-}" ] || return 0   # built in, or done
    placed[$name]=1
    case $from in
        *.xz)  xz -dc    "$from" >"$work/$name.ko" ;;
        *.zst) zstd -dcq "$from" >"$work/$name.ko" ;;
        *)     cp        "$from"  "$work/$name.ko" ;;
    esac
    for dep in $(modinfo_depends "$work/$name.ko"); do add_module "$dep" "$list"; done
    strip --strip-debug -o "$stage/modules/$name.ko" "$work/$name.ko"
    echo "$name" >>"$stage/$list"
}

extract_vmlinux() {            # BZIMAGE OUT: unpacked, it boots seconds sooner
    local setup off len start magic unpack
    setup=$(od -An -tu1 -j497 -N1 "$1"); off=$(od -An -tu4 -j584 -N4 "$1")
    len=$(od -An -tu4 -j588 -N4 "$1");   start=$(( (setup + 1) * 512 + off ))
    magic=$(od -An -tx1 -j$start -N4 "$1" | tr -d ' ')
    case $magic in
        fd377a58) unpack='xz -dc --single-stream' ;;
        1f8b*)    unpack='gzip -dcq' ;;
        28b52ffd) unpack='zstd -dcq' ;;
        *)        cp "$1" "$2"; return ;;
    esac
    tail -c +$((start + 1)) "$1" | head -c "$len" | $unpack >"$2" 2>/dev/null || true
    [ "$(head -c4 "$2" | tail -c3)" = ELF ] || cp "$1" "$2"
}

guest_init() { cat <<'INIT'
#!/bin/busybox sh
# PID 1 of the test machine: make the caller's root, run one command, power off.
bb=/bin/busybox
$bb mkdir -p /proc /sys /dev /lower /upper /root
$bb mount -t proc proc /proc; $bb mount -t sysfs sys /sys; $bb mount -t devtmpfs dev /dev
load() { while read -r m; do $bb insmod /modules/$m.ko || echo "insmod $m failed" >/dev/console; done <$1; }
finish() { for p in /dev/vport0p3 /root/dev/vport0p3; do [ -c $p ] && echo "$1" >$p; done; $bb poweroff -f; }
load /boot.list
. /run.conf                                  # VIVID LOOPBACK SHARES CWD
o=trans=virtio,version=9p2000.L,msize=524288
$bb mount -t 9p -o ro,cache=loose,$o root /lower   || finish 125
$bb mount -t tmpfs -o mode=755 tmpfs /upper; $bb mkdir /upper/u /upper/w
$bb mount -t overlay -o lowerdir=/lower,upperdir=/upper/u,workdir=/upper/w overlay /root || finish 125
$bb mount -t proc proc /root/proc; $bb mount -t sysfs sys /root/sys
$bb mount --move /dev /root/dev
cd /root/dev
$bb ln -s /proc/self/fd fd; $bb ln -s fd/0 stdin; $bb ln -s fd/1 stdout; $bb ln -s fd/2 stderr
$bb mkdir -p pts shm; $bb mount -t devpts -o mode=620,ptmxmode=666 devpts pts; $bb mount -t tmpfs tmpfs shm
$bb mount -t tmpfs -o mode=755 tmpfs /root/run
$bb mkdir -p /root/run/v4l2vm/bin
$bb cp /bin/busybox /root/run/v4l2vm/bin/; $bb cp -r /modules /run.cmd /root/run/v4l2vm/
for a in insmod rmmod lsmod dmesg; do $bb ln -s busybox /root/run/v4l2vm/bin/$a; done
i=0
for d in $SHARES; do                         # %20 stands for a space
  d=$(printf '%b' "$($bb echo "$d" | $bb sed 's/%/\\x/g')")
  $bb mkdir -p "/root$d"
  $bb mount -t 9p -o rw,cache=mmap,$o share$i "/root$d" || finish 125
  i=$((i + 1))
done
$bb ip link set lo up
while read -r m; do
  case $m in vivid) a=$VIVID ;; v4l2loopback) a=$LOOPBACK ;; *) a= ;; esac
  [ "$a" = - ] || $bb insmod /modules/$m.ko "$a" || finish 125
done </test.list
$bb chmod 666 /root/dev/video* 2>/dev/null
# Through pipes: a virtio port opens only once, so /dev/stdout would be EBUSY.
$bb mkfifo /out /err
$bb cat </out >/root/dev/vport0p1 & c1=$!
$bb cat </err >/root/dev/vport0p2 & c2=$!
$bb chroot /root /bin/bash /run/v4l2vm/run.cmd </dev/null >/out 2>/err
rc=$?
n=0; while [ $n -lt 20 ] && { [ -d /proc/$c1 ] || [ -d /proc/$c2 ]; }; do $bb sleep 0.1; n=$((n + 1)); done
echo $rc >/root/dev/vport0p3
$bb sync; $bb poweroff -f
INIT
}

prepare() {
    local kver=${V4L2VM_KVER:-} want tool deb root m f
    stamp=$( { declare -f; echo "$boot_modules $test_modules ${V4L2VM_KVER:-}"; [ -z "${V4L2VM_LOOPBACK_SRC:-}" ] \
                      || cat "$V4L2VM_LOOPBACK_SRC"/*.[ch]; } | sha256sum | cut -c1-16)
    kernel=$cache/$stamp/kernel; initrd=$cache/$stamp/initrd
    [ ! -e "$cache/$stamp/done" ] || return 0
    for tool in apt-get dpkg-deb cpio xz objcopy strip make gcc flock; do
        command -v $tool >/dev/null || die 125 "$tool is missing; install: $packages"
    done
    mkdir -p "$cache/debs"
    exec 9>"$cache/lock"; flock 9
    if [ ! -e "$cache/$stamp/done" ]; then
        [ -n "$kver" ] || kver=$(apt-cache depends linux-image-amd64 2>/dev/null \
            | sed -n 's/.*Depends: linux-image-\([0-9].*-amd64\).*/\1/p' | head -n1)
        [ -n "$kver" ] || die 125 'apt knows no linux-image-amd64; run apt-get update'
        say "preparing $cache for kernel $kver"
        work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
        root=$work/root; stage=$work/stage; mkdir -p "$root" "$stage/modules" "$stage/bin"
        want="linux-image-$kver linux-headers-$kver linux-headers-${kver%-amd64}-common
                    linux-kbuild-${kver%%.0-*} busybox-static v4l2loopback-dkms"
        for m in $want; do
            compgen -G "$cache/debs/${m}_*.deb" >/dev/null \
                || ( cd "$cache/debs" && apt-get download -q "$m" >/dev/null 2>"$work/apt.log" ) \
                || die 125 "cannot download $m: $(tail -n1 "$work/apt.log")"
            for deb in "$cache/debs/${m}"_*.deb; do dpkg-deb -x "$deb" "$root"; done
        done
        # v4l2loopback, against the headers where they lie; dkms is not involved
        f=$root/usr/src/linux-headers-$kver
        sed -i "s#^include /usr/src/#include $root/usr/src/#" "$f/Makefile"
        mkdir "$work/loop"
        cp -r "${V4L2VM_LOOPBACK_SRC:-$(echo "$root"/usr/src/v4l2loopback-*)}/." "$work/loop/"
        make -C "$f" M="$work/loop" modules >"$work/make.log" 2>&1 \
            || { cat "$work/make.log" >&2; die 125 'v4l2loopback did not build'; }
        # the modules, each listed after what it needs
        declare -gA module_file=() placed=()
        while IFS= read -r f; do m=${f##*/}; m=${m%%.ko*}; module_file[${m//-/_}]=$f
        done < <(find "$root/lib/modules" "$root/usr/lib/modules" "$work/loop" -name '*.ko*' ! -name '*.mod*' 2>/dev/null)
        for m in $boot_modules;  do add_module "$m" boot.list;  done
        for m in $test_modules;  do add_module "$m" test.list;  done
        cp "$root"/bin/busybox "$stage/bin/" 2>/dev/null || cp "$root"/usr/bin/busybox "$stage/bin/"
        guest_init >"$stage/init"; chmod 755 "$stage/init"
        mkdir -p "$cache/$stamp"
        ( cd "$stage" && find . | cpio -o -H newc -R 0:0 --quiet ) >"$initrd"
        extract_vmlinux "$root/boot/vmlinuz-$kver" "$kernel"
        echo "$kver" >"$cache/$stamp/done"
        rm -rf "$work"; trap - EXIT
    fi
    exec 9>&-
}

prepare
[ -z "$prepare_only" ] || { say "ready: kernel $(cat "$cache/$stamp/done"), $kernel"; exit 0; }

# == One run

command -v qemu-system-x86_64 >/dev/null || die 125 'qemu-system-x86 is not installed'
# A /dev/kvm alone proves nothing: software-only KVM (no vmx or svm here) opens
# and then cannot run an unmodified kernel.
accel=${V4L2VM_ACCEL:-}
if [ -z "$accel" ]; then
    if [ -w /dev/kvm ] && grep -qE '^flags.* (vmx|svm)( |$)' /proc/cpuinfo; then accel=kvm; else accel=tcg; fi
fi
if [ "$accel" = kvm ]; then cpu=${V4L2VM_CPU:-host}; else cpu=${V4L2VM_CPU:-max,la57=off}; accel=tcg,thread=multi,tb-size=512; fi

run=$(mktemp -d); qemu=; readers=()
# shellcheck disable=SC2329 # called by the trap
cleanup() {
    local p
    # not -9: timeout would leave the machine behind
    [ -z "$qemu" ] || kill "$qemu" 2>/dev/null || true
    for p in "${readers[@]}"; do kill "$p" 2>/dev/null || true; done
    rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 130' INT; trap 'exit 143' TERM HUP

# What this run is: a second cpio archive laid over the cached one.
mkdir "$run/conf"
args=(); guest_shares=; i=0
for d in "${shares[@]}"; do
    mkdir -p "$d"; d=$(cd "$d" && pwd -P)
    args+=(-fsdev "local,id=share$i,path=${d//,/,,},security_model=none,multidevs=remap"
                  -device "virtio-9p-pci,fsdev=share$i,mount_tag=share$i")
    e=${d//%/%25}; guest_shares+=" ${e// /%20}"; i=$((i + 1))
done
{ printf 'VIVID=%q\n'    "${V4L2VM_VIVID:-n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0 vid_cap_nr=0}"
    printf 'LOOPBACK=%q\n' "${V4L2VM_LOOPBACK:-devices=1 exclusive_caps=1 video_nr=10 card_label=\"Virtual Camera\"}"
    printf 'SHARES=%q\n'   "$guest_shares"
} >"$run/conf/run.conf"
{ for v in "${pass[@]}"; do [ -z "${!v+x}" ] || printf 'export %s=%q\n' "$v" "${!v}"; done
    # shellcheck disable=SC2016 # for the shell inside
    printf 'PATH=$PATH:/run/v4l2vm/bin\ncd %q 2>/dev/null || cd /\n' "$PWD"
    printf 'exec'; printf ' %q' "$@"; printf '\n'
} >"$run/conf/run.cmd"
{ cat "$initrd"; ( cd "$run/conf" && find . | cpio -o -H newc -R 0:0 --quiet ); } >"$run/initrd"

mkfifo "$run/out" "$run/err"
cat "$run/out" &     readers+=($!)
cat "$run/err" >&2 & readers+=($!)
started=$SECONDS
timeout -s KILL "$limit" qemu-system-x86_64 \
    -accel "$accel" -machine q35 -cpu "$cpu" -smp "${V4L2VM_SMP:-2}" -m "${V4L2VM_MEM:-4G}" \
    -nodefaults -no-user-config -display none -monitor none -no-reboot \
    -kernel "$kernel" -initrd "$run/initrd" \
    -append "console=ttyS0 quiet loglevel=5 panic=-1 mitigations=off nokaslr random.trust_cpu=on" \
    -serial "file:$run/console" -device virtio-serial-pci \
    -chardev "file,id=out,path=$run/out" -device virtserialport,nr=1,chardev=out \
    -chardev "file,id=err,path=$run/err" -device virtserialport,nr=2,chardev=err \
    -chardev "file,id=rc,path=$run/rc"   -device virtserialport,nr=3,chardev=rc \
    -fsdev local,id=root,path=/,security_model=none,readonly=on,multidevs=remap \
    -device virtio-9p-pci,fsdev=root,mount_tag=root \
    "${args[@]}" </dev/null >"$run/qemu.log" 2>&1 &
qemu=$!
status=0; { wait "$qemu" || status=$?; } 2>/dev/null
qemu=
if [ -e "$run/console" ]; then for p in "${readers[@]}"; do wait "$p" || true; done; fi
readers=()
[ -z "$console" ] || cp "$run/console" "$console" 2>/dev/null || true
rc=$(tr -d '\r\n ' <"$run/rc" 2>/dev/null || true)
if [ $((SECONDS - started)) -ge "$limit" ] && [ "$status" != 0 ]; then say "time limit of $limit s reached"; exit 124; fi
if [ -z "$rc" ]; then
    say "the VM ended without a result (qemu: $status)"
    cat "$run/qemu.log" >&2; tail -n 25 "$run/console" >&2 2>/dev/null || true
    exit 125
fi
exit "$rc"
