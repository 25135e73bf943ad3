#!/bin/sh
# SPDX-License-Identifier: MIT
# What the time of a stiff kernel is made of: pollution, 131072 runs, by the hardware's
# counters (ncu) and the instructions as compiled (cuobjdump).
#
#   tests/bench/profile.sh CUBIE-GEN POLLUTION.cu [OUT]
#
# The arguments are those of stiff.sh. CASES="NAME:TOLERANCE:SETTING,SETTING ..." chooses
# others than: rodas3 and rodas5p that reach 1.3e-6, and radau-iia-5 that reaches 1e-7.
# Issue slots: of all cycles in which a scheduler has a warp, those that issue one
# instruction. Stalls: of the average warp, cycles for each instruction issued.
set -eu
. "$(dirname "$0")/build.sh"

cases=${CASES:-rodas3:1e-6:algorithm=rodas3 rodas3-32:1e-6:algorithm=rodas3,lu_precision=float32 rodas5p:3e-5:algorithm=rodas5p
rodas5p-s:3e-5:algorithm=rodas5p,stage_store_location=shared radau-iia-5:3e-6:algorithm=radau-iia-5}
stalls="long_scoreboard lg_throttle mio_throttle short_scoreboard math_pipe_throttle wait no_instruction branch_resolving dispatch_stall imc_miss not_selected selected"
metrics=gpu__time_duration.sum,smsp__inst_executed.sum,smsp__thread_inst_executed_per_inst_executed.ratio
metrics=$metrics,smsp__issue_active.avg.pct_of_peak_sustained_active,sm__warps_active.avg.pct_of_peak_sustained_active
metrics=$metrics,sm__inst_executed_pipe_fp64.sum,sm__inst_executed_pipe_fp64.avg.pct_of_peak_sustained_active
metrics=$metrics,sm__inst_executed_pipe_xu.sum,sm__inst_executed_pipe_lsu.sum
metrics=$metrics,smsp__inst_executed_op_local_ld.sum,smsp__inst_executed_op_local_st.sum
metrics=$metrics,l1tex__t_sectors_pipe_lsu_mem_local_op_ld.sum,l1tex__t_sectors_pipe_lsu_mem_local_op_ld_lookup_hit.sum
metrics=$metrics,l1tex__throughput.avg.pct_of_peak_sustained_active,lts__throughput.avg.pct_of_peak_sustained_elapsed,dram__bytes.sum
for stall in $stalls; do metrics=$metrics,smsp__average_warps_issue_stalled_${stall}_per_issue_active.ratio; done

# The instructions of the kernel that saves the end only, by kind.
instructions() {
    awk -v name="$1" '/Function :/ { end = /_kernel/ && !/_saving_kernel/ && !/_begin_kernel/ } end && $1 ~ /^\/\*[0-9a-f]+\*\/$/ {
            op = $2 ~ /^@/ ? $3 : $2; sub(/[.;].*/, "", op); count[op]++; all++ }
        END { printf "  %s: %d instructions:", name, all
              for (op in count) if (op ~ /^(DFMA|DMUL|DADD|DSETP|FFMA|FMUL|FADD|MUFU|LDL|STL|LDS|STS|LDG|LDC|BRA|BSSY|CALL|F2F|MOV|SEL|FSEL)$/) printf " %s %d", op, count[op]
              print "" }' "$out/$1.sass"
}

for case in $cases; do
    # shellcheck disable=SC2046
    build "${case%%:*}" pollution $(echo "${case##*:}" | tr , ' ') &
done
wait
echo "--- as compiled"
for case in $cases; do
    registers "${case%%:*}"
    instructions "${case%%:*}"
done
for case in $cases; do
    name=${case%%:*} tol=${case#*:} tol=${tol%%:*}
    echo "--- $name, rtol $tol"
    ncu --clock-control none --kernel-name regex:_kernel --launch-count 1 --metrics "$metrics" \
        "./$name/kernel" k1 log 0.035 3.5 131072 --duration=60 --tol="$tol" --atol="$(awk "BEGIN { print $tol * 1e-3 }")" --repeats=1 >"$out/ncu-$name.txt" 2>&1 ||
        tail -5 "$out/ncu-$name.txt"
    awk '/(gpu|sm|smsp|l1tex|lts|dram)__/ { printf "  %-75s %s %s\n", $1, $3, $2 }' "$out/ncu-$name.txt"
done
