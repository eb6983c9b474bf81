using Kill.Checking;
using Kill.Load;
using Kill.Platform;

namespace Kill.Tests;

public sealed class KillCheckerTests
{
    private static readonly PlannedFile Good = new(1, 3, IsCanceled: false);
    private static readonly PlannedFile Picture = new(2, 0, IsCanceled: false);
    private static readonly string[] Rows = ["1-1", "1-2", "1-3"];

    [Fact]
    public void A_history_that_keeps_the_promise_has_no_violations() => Assert.Empty(Check());

    [Fact]
    public void A_lost_row_is_found() => Found("lost: 1 of 3 rows of file-00001.csv", Check(rows: ["1-1", "1-3"], mapped: ["1-1", "1-3"]));

    [Fact]
    public void A_doubled_row_is_found() => Found("doubled: row 1-2", Check(rows: [.. Rows, "1-2"]));

    [Fact]
    public void A_row_of_another_file_is_found() => Found("strange", Check(rows: [.. Rows, "7-1"], mapped: [.. Rows, "7-1"]));

    [Fact]
    public void A_row_that_was_not_mapped_is_found() => Found("lost: 1 rows of file-00001.csv were not mapped", Check(mapped: ["1-1", "1-2"]));

    [Fact]
    public void A_row_mapped_twice_is_found() => Found("doubled: row 1-1 was mapped", Check(mapped: [.. Rows, "1-1"]));

    [Fact]
    public void A_job_without_an_end_is_found() => Found("no end", Check(extraction: Extraction with { Status = "executing", Ends = 0 }));

    [Fact]
    public void A_job_that_ended_twice_is_found() => Found("ended 2 times", Check(extraction: Extraction with { Ends = 2 }));

    [Fact]
    public void An_end_without_a_reason_is_found() => Found("no reason", Check(extraction: Extraction with { Reason = " " }));

    [Fact]
    public void A_readable_file_whose_extraction_failed_is_found() => Found("wrong end", Check(extraction: Extraction with { Status = "failed" }));

    [Fact]
    public void A_call_after_the_end_is_found() => Found("after the end", Check(calls: [Begin("one-1", 1), End("one-1", 3), Insert("one-1", 5)]));

    [Fact]
    public void An_end_told_again_after_its_answer_is_found() => Found("ended twice", Check(calls: [Begin("one-1", 1), End("one-1", 3), End("one-1", 5) with { Status = 409 }]));

    [Fact]
    public void An_end_told_again_by_another_life_is_right() => Assert.Empty(Check(calls: [Begin("one-1", 1), End("one-1", 3), End("one-2", 5)]));

    [Fact]
    public void A_change_by_a_run_that_was_taken_over_is_found() =>
        Found("stale: one-1", Check(calls: [Begin("one-1", 1), Begin("two-1", 3, "Resumed (run 2)"), Insert("one-1", 5), End("two-1", 7)]));

    [Fact]
    public void A_change_with_an_old_number_is_found() =>
        Found("stale: one-1", Check(calls: [Insert("two-1", 3) with { Fence = 2 }, Insert("one-1", 5) with { Fence = 1 }]));

    [Fact]
    public void A_refused_change_with_an_old_number_is_right() =>
        Assert.Empty(Check(calls: [Insert("two-1", 3) with { Fence = 2 }, Insert("one-1", 5) with { Fence = 1, Status = 409 }]));

    [Fact]
    public void Progress_that_falls_within_a_run_is_found() => Found("falling", Check(calls: [Progress(1, 50), Progress(3, 40)]));

    private static PlatformJob Extraction { get; } = new("us_jb_1", "extract", "us_fl_1", "complete", "3 rows", 1);

    private static IReadOnlyList<string> Check(
        IReadOnlyList<string>? rows = null, IReadOnlyList<string>? mapped = null, PlatformJob? extraction = null, IReadOnlyList<PlatformCall>? calls = null) =>
        KillChecker.Violations(new KillHistory(
            [Good, Picture],
            [new PlatformFile("us_fl_1", Good.Name, rows ?? Rows), new PlatformFile("us_fl_2", Picture.Name, [])],
            [extraction ?? Extraction, new PlatformJob("us_jb_2", "automap", "us_fl_1", "complete", "3 rows", 1), new PlatformJob("us_jb_3", "extract", "us_fl_2", "failed", "no text", 1)],
            mapped ?? rows ?? Rows, calls ?? []));

    private static void Found(string beginning, IReadOnlyList<string> violations) => Assert.Contains(violations, v => v.StartsWith(beginning, StringComparison.Ordinal));

    private static PlatformCall Begin(string life, long at, string info = "Accepted") => Call(life, at, "/v1/jobs/us_jb_1/ack") with { Info = info };

    private static PlatformCall Progress(long at, double percent) => Call("one-1", at, "/v1/jobs/us_jb_1/ack") with { Info = "half", Progress = percent, Fence = 1 };

    private static PlatformCall End(string life, long at) => Call(life, at, "/v1/jobs/us_jb_1/complete");

    private static PlatformCall Insert(string life, long at) => Call(life, at, "/v1/sheets/us_sh_1/records");

    private static PlatformCall Call(string life, long at, string path) => new(at, at + 1, life, "POST", path, 200, "us_jb_1", null, null, null);
}
