#!/usr/bin/env bash
# Runs one command on a kernel with real video devices, and ends with the command's exit status.
#
# The kernel is User Mode Linux: Linux as an ordinary program, so neither KVM nor root nor a module on this machine is
# needed. It boots over this machine's own files (read-only, with a layer that is thrown away), loads
#   vivid         a webcam made by the kernel, with real, timed pictures and faults on demand   /dev/video0
#   v4l2loopback  a virtual camera                                                              /dev/video10
# and runs the command there, at the processor's own speed; system calls and page faults are slow. run-in-vm.sh is the
# same under QEMU, with Debian's own kernel.
#
#   run-in-uml.sh [OPTION…] [--] COMMAND [ARGUMENT…]
#   run-in-uml.sh --prepare           only builds the kernel into the cache
#   run-in-uml.sh --packages          prints the Debian packages that building it needs
#
#   --cache DIR    kernel and first file system      $V4L2VM_CACHE    (~/.cache/v4l2vm)
#   --share DIR    a folder that may be written to, at the same path inside; may be repeated
#                                                    $V4L2VM_SHARE    (none)
#   --limit SEC    seconds until the kernel is ended $V4L2VM_LIMIT    (120)
#   --console F    keeps the kernel's messages in F  $V4L2VM_CONSOLE
#   --env NAME     passes a variable in; may be repeated (PATH, HOME and LANG always are)
#
# More from the environment:
#   V4L2VM_VIVID, V4L2VM_LOOPBACK       parameters of the modules; "-" leaves one unloaded
#   V4L2VM_SMP, V4L2VM_MEM              processors and memory (2, 4G; memory is taken as it is used)
#   V4L2VM_RAM                          where that memory lies: a tmpfs that is not noexec (/dev/shm)
#   V4L2VM_LINUX_SRC, V4L2VM_LOOPBACK_SRC   sources to build: trees, or a linux-source-*.tar.xz
#   V4L2VM_SUITE, V4L2VM_MIRROR         Debian suites (sid) and archive (apt's own) that they come from otherwise
#
# Exit status: the command's; 124 after the limit; 125 where the kernel broke; 2 for a wrong option.
# Inside, the command starts in the caller's folder, without standard input and with no network but 127.0.0.1. At the
# end of PATH is busybox's insmod, rmmod, lsmod and dmesg; /run/v4l2vm/modules has the modules. Libraries for arithmetic
# should use one thread: threads that spin crawl here.
set -euo pipefail

packages='gcc make flex bison bc binutils cpio xz-utils'

say()  { printf 'run-in-uml: %s\n' "$*" >&2; }
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

# == The kernel

# Everything not named here is off (allnoconfig). The PCI-over-virtio lines are
# what gives User Mode Linux the DMA and I/O memory that the drivers ask for.
kernel_config() { cat <<'CONFIG'
CONFIG_64BIT=y
CONFIG_SMP=y
CONFIG_NR_CPUS=16
CONFIG_EXPERT=y
CONFIG_HIGH_RES_TIMERS=y
CONFIG_NO_HZ_IDLE=y
CONFIG_PRINTK=y
CONFIG_PRINTK_TIME=y
CONFIG_BUG=y
CONFIG_KALLSYMS=y
CONFIG_MULTIUSER=y
CONFIG_SYSVIPC=y
CONFIG_POSIX_MQUEUE=y
CONFIG_POSIX_TIMERS=y
CONFIG_FUTEX=y
CONFIG_EPOLL=y
CONFIG_SIGNALFD=y
CONFIG_TIMERFD=y
CONFIG_EVENTFD=y
CONFIG_AIO=y
CONFIG_IO_URING=y
CONFIG_ADVISE_SYSCALLS=y
CONFIG_MEMBARRIER=y
CONFIG_SHMEM=y
CONFIG_FILE_LOCKING=y
CONFIG_INOTIFY_USER=y
CONFIG_BINFMT_ELF=y
CONFIG_BINFMT_SCRIPT=y
CONFIG_BLOCK=y
CONFIG_BLK_DEV_INITRD=y
CONFIG_MODULES=y
CONFIG_MODULE_UNLOAD=y
CONFIG_TTY=y
CONFIG_UNIX98_PTYS=y
CONFIG_STDERR_CONSOLE=y
CONFIG_SSL=y
CONFIG_NULL_CHAN=y
CONFIG_CON_ZERO_CHAN="null"
CONFIG_CON_CHAN="null"
CONFIG_SSL_CHAN="null"
CONFIG_DEVTMPFS=y
CONFIG_PROC_FS=y
CONFIG_PROC_SYSCTL=y
CONFIG_SYSFS=y
CONFIG_TMPFS=y
CONFIG_TMPFS_XATTR=y
CONFIG_CONFIGFS_FS=y
CONFIG_HOSTFS=y
CONFIG_OVERLAY_FS=y
CONFIG_NET=y
CONFIG_UNIX=y
CONFIG_INET=y
CONFIG_UML_RANDOM=y
CONFIG_HW_RANDOM=y
CONFIG_VIRTIO_MENU=y
CONFIG_VIRTIO_UML=y
CONFIG_PCI=y
CONFIG_UML_PCI=y
CONFIG_UML_PCI_OVER_VIRTIO=y
CONFIG_UML_PCI_OVER_VIRTIO_DEVICE_ID=4660
CONFIG_MEDIA_SUPPORT=y
CONFIG_MEDIA_CAMERA_SUPPORT=y
CONFIG_MEDIA_PLATFORM_SUPPORT=y
CONFIG_MEDIA_TEST_SUPPORT=y
CONFIG_VIDEO_DEV=y
CONFIG_MEDIA_CONTROLLER=y
CONFIG_V4L_TEST_DRIVERS=y
CONFIG_VIDEO_VIVID=m
CONFIG
}
# Loaded at boot, in this order; their dependencies are found below.
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
    for dep in $(modinfo_depends "$from"); do add_module "$dep" "$list"; done
    strip --strip-debug -o "$stage/modules/$name.ko" "$from"
    echo "$name" >>"$stage/$list"
}

guest_init() { cat <<'INIT'
#!/bin/busybox sh
# PID 1 of the test machine: make the caller's root, run one command, power off.
bb=/bin/busybox
$bb mkdir -p /proc /sys /dev /lower /upper /root /result
$bb mount -t proc proc /proc; $bb mount -t sysfs sys /sys; $bb mount -t devtmpfs dev /dev
. /run.conf                                  # VIVID LOOPBACK SHARES RESULT
decode() { printf '%b' "$($bb echo "$1" | $bb sed 's/%/\\x/g')"; }   # %20 is a space
$bb mount -t hostfs -o "$(decode "$RESULT")" none /result || $bb poweroff -f
finish() { echo "$1" >/result/rc; $bb sync; $bb poweroff -f; }
$bb mount -t hostfs -o ro,/ none /lower || finish 125
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
for d in $SHARES; do
  d=$(decode "$d"); $bb mkdir -p "/root$d"
  $bb mount -t hostfs -o "$d" none "/root$d" || finish 125
done
$bb ip link set lo up
while read -r m; do
  case $m in vivid) a=$VIVID ;; v4l2loopback) a=$LOOPBACK ;; *) a= ;; esac
  [ "$a" = - ] || $bb insmod /modules/$m.ko "$a" || finish 125
done </test.list
$bb chmod 666 /root/dev/video* 2>/dev/null
# Through pipes, so that the command does not see a terminal.
$bb stty -F /root/dev/ttyS0 raw; $bb stty -F /root/dev/ttyS1 raw
$bb mkfifo /out /err
$bb cat </out >/root/dev/ttyS0 & c1=$!
$bb cat </err >/root/dev/ttyS1 & c2=$!
$bb chroot /root /bin/bash /run/v4l2vm/run.cmd </dev/null >/out 2>/err
rc=$?
n=0; while [ $n -lt 20 ] && { [ -d /proc/$c1 ] || [ -d /proc/$c2 ]; }; do $bb sleep 0.1; n=$((n + 1)); done
finish $rc
INIT
}

fetch_packages() {             # into $work/debs, checked by apt's signatures
    local suite=${V4L2VM_SUITE:-sid} mirror=${V4L2VM_MIRROR:-} source kernel s
    # shellcheck disable=SC2016 # apt-get fills it in
    [ -n "$mirror" ] || mirror=$(apt-get indextargets --format '$(REPO_URI)' | grep -m1 '/debian/*$')
    [ -n "$mirror" ] || die 125 'apt has no Debian archive set up; set V4L2VM_MIRROR'
    mkdir -p "$work/apt/lists/partial" "$work/debs"
    for s in $suite; do
        echo "deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] $mirror $s main"
    done >"$work/apt/sources"
    apt_() { "$1" -o Dir::Etc::SourceList="$work/apt/sources" -o Dir::Etc::SourceParts=- \
                          -o Dir::State::Lists="$work/apt/lists" -o Dir::Cache="$work/apt" \
                          -o Debug::NoLocking=1 -o APT::Sandbox::User=root -qq "${@:2}"; }
    apt_ apt-get update >&2 || die 125 'apt-get update failed'
    kernel=$(apt_ apt-cache pkgnames linux-source- | grep -E '^linux-source-[0-9.]+$' | sort -V | tail -n1)
    [ -n "${V4L2VM_LINUX_SRC:-}" ] || [ -n "$kernel" ] || die 125 "no linux-source-* in $suite"
    source=v4l2loopback-dkms
    ( cd "$work/debs"
        [ -n "${V4L2VM_LINUX_SRC:-}" ]    || apt_ apt-get download "$kernel" >&2
        [ -n "${V4L2VM_LOOPBACK_SRC:-}" ] || apt_ apt-get download "$source" >&2 )
}

# shellcheck disable=SC2086 # $o is two words
prepare() {
    local tool deb linux loop m f o
    stamp=uml-$( { declare -f; printf '%s\n' "$test_modules" "${V4L2VM_LINUX_SRC:-}" "${V4L2VM_SUITE:-}"
                      [ -z "${V4L2VM_LOOPBACK_SRC:-}" ] || cat "$V4L2VM_LOOPBACK_SRC"/*.[ch]; } | sha256sum | cut -c1-16)
    kernel=$cache/$stamp/linux; initrd=$cache/$stamp/initrd
    [ ! -e "$cache/$stamp/done" ] || return 0
    for tool in gcc make flex bison bc objcopy strip cpio xz flock; do
        command -v $tool >/dev/null || die 125 "$tool is missing; install: $packages"
    done
    mkdir -p "$cache"
    exec 9>"$cache/lock"; flock 9
    if [ ! -e "$cache/$stamp/done" ]; then
        say "building a kernel into $cache (some minutes, once)"
        # Not in the cache: the kernel's makefiles take no path with spaces, and a checkout's may have some.
        work=$(mktemp -d); trap 'rm -rf "$work"' EXIT
        stage=$work/stage; mkdir -p "$stage/modules" "$stage/bin" "$work/root"
        if [ -z "${V4L2VM_LINUX_SRC:-}" ] || [ -z "${V4L2VM_LOOPBACK_SRC:-}" ]; then fetch_packages; fi
        ( cd "$work" && apt-get download -qq busybox-static >&2 && mkdir -p debs && mv busybox-static_*.deb debs/ ) \
            || die 125 'cannot download busybox-static; run apt-get update'
        for deb in "$work"/debs/*.deb; do dpkg-deb -x "$deb" "$work/root"; done
        linux=${V4L2VM_LINUX_SRC:-$(echo "$work"/root/usr/src/linux-source-*.tar.xz)}
        if [ ! -d "$linux" ]; then
            mkdir "$work/linux"; tar -xf "$linux" -C "$work/linux" --strip-components=1
            linux=$work/linux
        fi
        loop=${V4L2VM_LOOPBACK_SRC:-$(echo "$work"/root/usr/src/v4l2loopback-*)}
        cp -r "$loop/." "$work/loop"
        kernel_config >"$work/config"
        o="ARCH=um O=$work/build"
        { make -s -C "$linux" $o KCONFIG_ALLCONFIG="$work/config" allnoconfig &&
            make -s -C "$linux" $o -j"$(nproc)" linux modules &&
            make -s -C "$linux" $o M="$work/loop" modules; } >"$work/make.log" 2>&1 \
            || { tail -n 40 "$work/make.log" >&2; die 125 'the kernel did not build'; }
        declare -gA module_file=() placed=()
        while IFS= read -r f; do m=${f##*/}; m=${m%.ko}; module_file[${m//-/_}]=$f
        done < <(find "$work/build" "$work/loop" -name '*.ko')
        for m in $test_modules; do
            [ -n "${module_file[$m]:-}" ] || die 125 "this kernel has no $m module"
            add_module "$m" test.list
        done
        cp "$work"/root/bin/busybox "$stage/bin/" 2>/dev/null || cp "$work"/root/usr/bin/busybox "$stage/bin/"
        guest_init >"$stage/init"; chmod 755 "$stage/init"
        mkdir -p "$cache/$stamp"
        ( cd "$stage" && find . | cpio -o -H newc -R 0:0 --quiet ) >"$initrd"
        strip -o "$kernel" "$work/build/linux"
        make -s -C "$linux" $o kernelrelease >"$cache/$stamp/done"
        rm -rf "$work"; trap - EXIT
    fi
    exec 9>&-
}

prepare
[ -z "$prepare_only" ] || { say "ready: Linux $(cat "$cache/$stamp/done"), $kernel"; exit 0; }

# == One run

run=$(mktemp -d); uml=; readers=()
# shellcheck disable=SC2329 # called by the trap
cleanup() {
    local p
    # its own process group: the kernel and the processes it runs programs in
    [ -z "$uml" ] || kill -9 -- "-$uml" 2>/dev/null || true
    for p in "${readers[@]}"; do kill "$p" 2>/dev/null || true; done
    rm -rf "$run"
}
trap cleanup EXIT
trap 'exit 130' INT; trap 'exit 143' TERM HUP

encode() { local e=${1//%/%25}; e=${e// /%20}; printf '%s' "$e"; }
mkdir "$run/conf" "$run/result"
guest_shares=
for d in "${shares[@]}"; do mkdir -p "$d"; guest_shares+=" $(encode "$(cd "$d" && pwd -P)")"; done
{ printf 'VIVID=%q\n'    "${V4L2VM_VIVID:-n_devs=1 node_types=0x1 num_inputs=1 input_types=0x0 vid_cap_nr=0}"
    printf 'LOOPBACK=%q\n' "${V4L2VM_LOOPBACK:-devices=1 exclusive_caps=1 video_nr=10 card_label=\"Virtual Camera\"}"
    printf 'SHARES=%q\nRESULT=%q\n' "$guest_shares" "$(encode "$run/result")"
} >"$run/conf/run.conf"
{ for v in "${pass[@]}"; do [ -z "${!v+x}" ] || printf 'export %s=%q\n' "$v" "${!v}"; done
    # shellcheck disable=SC2016 # for the shell inside
    printf 'PATH=$PATH:/run/v4l2vm/bin\ncd %q 2>/dev/null || cd /\n' "$PWD"
    printf 'exec'; printf ' %q' "$@"; printf '\n'
} >"$run/conf/run.cmd"
{ cat "$initrd"; ( cd "$run/conf" && find . | cpio -o -H newc -R 0:0 --quiet ); } >"$run/initrd"

smp=${V4L2VM_SMP:-2}
mkfifo "$run/out" "$run/err"
cat "$run/out" &     readers+=($!)
cat "$run/err" >&2 & readers+=($!)
# ncpus over 1 needs the seccomp engine, which also switches faster.
engine=(); [ "$smp" = 1 ] || engine=(seccomp=on)
set -m                       # a process group of its own for the next line
started=$SECONDS
TMPDIR=${V4L2VM_RAM:-/dev/shm} timeout -s KILL "$limit" "$kernel" \
    mem="${V4L2VM_MEM:-4G}" ncpus="$smp" "${engine[@]}" initrd="$run/initrd" \
    quiet loglevel=5 uml_dir="$run" umid=uml \
    con=null ssl=null ssl0=null,fd:3 ssl1=null,fd:4 console=ttyS2 ssl2=null,fd:1 \
    3>"$run/out" 4>"$run/err" </dev/null >"$run/console" 2>&1 &
uml=$!
set +m
status=0; { wait "$uml" || status=$?; } 2>/dev/null
kill -9 -- "-$uml" 2>/dev/null || true
uml=
for p in "${readers[@]}"; do wait "$p" || true; done
readers=()
[ -z "$console" ] || cp "$run/console" "$console" 2>/dev/null || true
if [ $((SECONDS - started)) -ge "$limit" ] && [ "$status" != 0 ]; then say "time limit of $limit s reached"; exit 124; fi
rc=$(cat "$run/result/rc" 2>/dev/null || true)
if [ -z "$rc" ]; then
    say "the kernel ended without a result ($status)"; tail -n 25 "$run/console" >&2
    exit 125
fi
exit "$rc"
