; For "jci tune", in the place of ci_registration.ll and ci_countdown.ll: every thread is registered at its first probe, and how far the calls
; of its handler are apart is recorded in cycles, from the end of one call to the beginning of the next. What the program itself registers
; does not run, so that it does the same with and without probes.
;
;   JCI_TUNE_REPORT=FILE      at its end the program writes what it measured to this file
;   JCI_TUNE_INTERVAL=N       the interval in IR instructions; absent or 0: nobody is registered
;   JCI_TUNE_CYCLES=N         the interval in cycles
;   JCI_TUNE_RECORD=1         the intervals are recorded; else the handler does nothing
;
; The variables are taken out of the environment: other programs that this one starts, and its children, report nothing.

%ci.report = type { i64, i64, i64, i64, i64, i64, i64, [7680 x i64] }
;   0 format  1 recorded intervals  2 their work  3 their cycles  4 user time in microseconds  5 nanoseconds from begin to end
;   6 cycles from begin to end  7 number of intervals by length in cycles: one for each below 256; above, each power of two is divided by 128

%ci.interval = type { i64, i64, i32, i32 }
;   0 clock at the last call  1 cycles at its end  2 whether there was one  3 whether the thread has been registered

@jci_countdown = thread_local(initialexec) global i64 0, align 8
@jci_state = internal thread_local(initialexec) global %jci.state { i64 0, i64 0, i64 100000, i64 100000, i64 0, i64 0, i64 100000, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0, i64 0 }, align 64
@ci_interval_begun = internal thread_local(initialexec) global %ci.interval zeroinitializer, align 8

@ci_report = internal global %ci.report zeroinitializer, align 64
@ci_report_file = internal global ptr null, align 8
@ci_report_process = internal global i32 0, align 4
@ci_tune_interval = internal global i32 0, align 4
@ci_tune_cycles = internal global i32 0, align 4
@ci_tune_record = internal global i32 0, align 4

@ci_name_report = private constant [16 x i8] c"JCI_TUNE_REPORT\00"
@ci_name_interval = private constant [18 x i8] c"JCI_TUNE_INTERVAL\00"
@ci_name_cycles = private constant [16 x i8] c"JCI_TUNE_CYCLES\00"
@ci_name_record = private constant [16 x i8] c"JCI_TUNE_RECORD\00"

; Before all other code of the program, and after it.
@llvm.global_ctors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @ci_tune_begin, ptr null }]
@llvm.global_dtors = appending global [1 x { i32, ptr, ptr }] [{ i32, ptr, ptr } { i32 101, ptr @ci_tune_end, ptr null }]

define void @register_ci(i32 %ir, i32 %cycles, ptr %handler) #0 {
  ret void
}

define void @deregister_ci() #0 {
  ret void
}

; The first probe of a thread registers it; later ones find interrupts disabled, or nobody to be registered.
define internal void @jci_asleep() #0 {
entry:
  %registered.at = getelementptr inbounds %ci.interval, ptr @ci_interval_begun, i64 0, i32 3
  %registered = load i32, ptr %registered.at, align 4
  %interval = load i32, ptr @ci_tune_interval, align 4
  %first = icmp eq i32 %registered, 0
  %wanted = icmp sgt i32 %interval, 0
  %register = and i1 %first, %wanted
  br i1 %register, label %begin, label %sleep

begin:
  store i32 1, ptr %registered.at, align 4
  %cycles = load i32, ptr @ci_tune_cycles, align 4
  call void @ci_register(i32 %interval, i32 %cycles, ptr @ci_tune_handler)
  ret void

sleep:
  call void @ci_rearm()
  ret void
}

; The handler of every thread. The first interval, which began at the registration, is left out.
define internal void @ci_tune_handler(i64 %clock) #0 {
entry:
  %record = load i32, ptr @ci_tune_record, align 4
  %records = icmp ne i32 %record, 0
  br i1 %records, label %look, label %done

look:
  %now = call i64 @jci_cycles()
  %begun.at = getelementptr inbounds %ci.interval, ptr @ci_interval_begun, i64 0, i32 2
  %begun = load i32, ptr %begun.at, align 8
  %clock.before = load i64, ptr @ci_interval_begun, align 8
  %cycles.at = getelementptr inbounds %ci.interval, ptr @ci_interval_begun, i64 0, i32 1
  %cycles.before = load i64, ptr %cycles.at, align 8
  %work = sub i64 %clock, %clock.before
  %elapsed = sub i64 %now, %cycles.before
  %later = icmp ne i32 %begun, 0
  %forward = icmp sge i64 %elapsed, 0
  %counts = and i1 %later, %forward
  br i1 %counts, label %count, label %again

count:
  call void @ci_record(i64 %work, i64 %elapsed)
  br label %again

again:
  store i32 1, ptr %begun.at, align 8
  store i64 %clock, ptr @ci_interval_begun, align 8
  %end = call i64 @jci_cycles()
  store i64 %end, ptr %cycles.at, align 8
  br label %done

done:
  ret void
}

; Interrupts were off for that long, which is no part of the interval.
define internal void @jci_paused(i64 %work, i64 %cycles) #0 {
  %cycles.at = getelementptr inbounds %ci.interval, ptr @ci_interval_begun, i64 0, i32 1
  call void @jci_advance(ptr @ci_interval_begun, i64 %work)
  call void @jci_advance(ptr %cycles.at, i64 %cycles)
  ret void
}

; Adds an interval to the report, which all threads share.
define internal void @ci_record(i64 %work, i64 %elapsed) #0 {
  %bucket = call i64 @ci_bucket(i64 %elapsed)
  %bucket.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 7, i64 %bucket
  %count.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 1
  %work.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 2
  %cycles.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 3
  call void @ci_add(ptr %bucket.at, i64 1)
  call void @ci_add(ptr %count.at, i64 1)
  call void @ci_add(ptr %work.at, i64 %work)
  call void @ci_add(ptr %cycles.at, i64 %elapsed)
  ret void
}

; shift * 128 + (value >> shift), where the shift leaves eight bits.
define internal i64 @ci_bucket(i64 %value) #0 {
  %at.least = or i64 %value, 1
  %zeros = call i64 @llvm.ctlz.i64(i64 %at.least, i1 true)
  %excess = sub i64 56, %zeros
  %shift = call i64 @jci_clamp(i64 %excess, i64 0, i64 56)
  %first = mul i64 %shift, 128
  %top = lshr i64 %value, %shift
  %bucket = add i64 %first, %top
  %bounded = call i64 @jci_clamp(i64 %bucket, i64 0, i64 7679)
  ret i64 %bounded
}

define internal void @ci_tune_begin() #0 {
entry:
  %file = call ptr @getenv(ptr @ci_name_report)
  %none = icmp eq ptr %file, null
  br i1 %none, label %done, label %begin

begin:
  %name = call ptr @strdup(ptr %file)
  store ptr %name, ptr @ci_report_file, align 8
  %interval = call i32 @ci_take_number(ptr @ci_name_interval)
  store i32 %interval, ptr @ci_tune_interval, align 4
  %cycles = call i32 @ci_take_number(ptr @ci_name_cycles)
  store i32 %cycles, ptr @ci_tune_cycles, align 4
  %record = call i32 @ci_take_number(ptr @ci_name_record)
  store i32 %record, ptr @ci_tune_record, align 4
  %removed = call i32 @unsetenv(ptr @ci_name_report)
  %process = call i32 @getpid()
  store i32 %process, ptr @ci_report_process, align 4
  store i64 1, ptr @ci_report, align 8
  call void @ci_note_times()
  br label %done

done:
  ret void
}

; The number in a variable of the environment, which is taken out of it; 0 for none.
define internal i32 @ci_take_number(ptr %name) #0 {
entry:
  %text = call ptr @getenv(ptr %name)
  %none = icmp eq ptr %text, null
  br i1 %none, label %absent, label %read

read:
  %number = call i32 @atoi(ptr %text)
  %removed = call i32 @unsetenv(ptr %name)
  ret i32 %number

absent:
  ret i32 0
}

; Notes what the clocks say, less what they said at the beginning.
define internal void @ci_note_times() #0 {
  %time = alloca [2 x i64], align 8
  %unread = call i32 @clock_gettime(i32 1, ptr %time)
  %seconds = load i64, ptr %time, align 8
  %rest.at = getelementptr inbounds [2 x i64], ptr %time, i64 0, i64 1
  %rest = load i64, ptr %rest.at, align 8
  %whole = mul i64 %seconds, 1000000000
  %nanoseconds = add i64 %whole, %rest
  %cycles = call i64 @jci_cycles()
  %nanoseconds.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 5
  %cycles.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 6
  %nanoseconds.before = load i64, ptr %nanoseconds.at, align 8
  %cycles.before = load i64, ptr %cycles.at, align 8
  %nanoseconds.passed = sub i64 %nanoseconds, %nanoseconds.before
  %cycles.passed = sub i64 %cycles, %cycles.before
  store i64 %nanoseconds.passed, ptr %nanoseconds.at, align 8
  store i64 %cycles.passed, ptr %cycles.at, align 8
  ret void
}

define internal void @ci_tune_end() #0 {
entry:
  %usage = alloca [32 x i64], align 8
  %file = load ptr, ptr @ci_report_file, align 8
  %begun = icmp ne ptr %file, null
  %process = call i32 @getpid()
  %process.measured = load i32, ptr @ci_report_process, align 4
  %same = icmp eq i32 %process, %process.measured
  %reports = and i1 %begun, %same
  br i1 %reports, label %report, label %done

report:
  call void @ci_note_times()
  %unread = call i32 @getrusage(i32 0, ptr %usage)
  %seconds = load i64, ptr %usage, align 8
  %rest.at = getelementptr inbounds [32 x i64], ptr %usage, i64 0, i64 1
  %rest = load i64, ptr %rest.at, align 8
  %whole = mul i64 %seconds, 1000000
  %user = add i64 %whole, %rest
  %user.at = getelementptr inbounds %ci.report, ptr @ci_report, i64 0, i32 4
  store i64 %user, ptr %user.at, align 8
  %size.at = getelementptr %ci.report, ptr null, i64 1
  %size = ptrtoint ptr %size.at to i64
  ; rw-r--r--; a file that cannot be made or written is missed by the one who reads it.
  %made = call i32 @creat(ptr %file, i32 420)
  %written = call i64 @write(i32 %made, ptr @ci_report, i64 %size)
  %closed = call i32 @close(i32 %made)
  br label %done

done:
  ret void
}

declare i64 @llvm.ctlz.i64(i64, i1)
declare ptr @getenv(ptr)
declare i32 @unsetenv(ptr)
declare ptr @strdup(ptr)
declare i32 @atoi(ptr)
declare i32 @getpid()
declare i32 @clock_gettime(i32, ptr)
declare i32 @getrusage(i32, ptr)
declare i32 @creat(ptr, i32)
declare i64 @write(i32, ptr, i64)
declare i32 @close(i32)
