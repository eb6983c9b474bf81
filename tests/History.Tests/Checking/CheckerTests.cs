using Contracts.Agents;
using History.Tests.Oracle;
using History.Tests.Plan;

namespace History.Tests.Checking;

public sealed class CheckerTests
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly PlannedEvent One = new(1, "us_sp_1", EventKind.Plain, IsPicked: false, 0, HasStray: false);
    private static readonly PlannedEvent Two = new(2, "us_sp_1", EventKind.Plain, IsPicked: false, 0, HasStray: false);
    private static readonly PlannedEvent Bad = new(3, "us_sp_2", EventKind.Hopeless, IsPicked: false, 0, HasStray: false);

    [Fact]
    public void A_history_that_keeps_the_promise_has_no_violations() =>
        Assert.Empty(Check([Call(One, 1), Call(Two, 2), Call(Bad, 3)]));

    [Fact]
    public void A_lost_effect_is_found() => Assert.Contains("lost: us_evt_00000002", Assert.Single(Check([Call(One, 1), Call(Bad, 3)])), StringComparison.Ordinal);

    [Fact]
    public void An_effect_nobody_asked_for_is_found() =>
        Assert.StartsWith("unexpected", Assert.Single(Check([Call(One, 1), Call(Two, 2), Call(Bad, 3), Call(One, 4) with { Handler = "history/flaky" }])), StringComparison.Ordinal);

    [Fact]
    public void A_second_effect_of_the_same_life_is_found() =>
        Assert.StartsWith("repeated", Assert.Single(Check([Call(One, 1), Call(Two, 2), Call(Bad, 3), Call(One, 4)])), StringComparison.Ordinal);

    [Fact]
    public void A_second_effect_after_the_first_life_died_with_it_in_hand_is_right() =>
        Assert.Empty(Check([Call(One, 1, "killed at 2"), Call(One, 3), Call(Two, 4), Call(Bad, 5)]));

    [Fact]
    public void A_second_effect_long_after_the_first_is_found_though_its_life_died() =>
        Assert.StartsWith("repeated", Assert.Single(Check([Call(One, 1, "killed at 30"), Call(One, 31), Call(Two, 32), Call(Bad, 33)])), StringComparison.Ordinal);

    [Fact]
    public void An_effect_that_overtakes_another_of_its_space_is_found() =>
        Assert.StartsWith("out of order", Assert.Single(Check([Call(Two, 1), Call(One, 2), Call(Bad, 3)])), StringComparison.Ordinal);

    [Fact]
    public void An_innocent_dead_letter_is_found() =>
        Assert.StartsWith("given up", Assert.Single(Check([Call(One, 1), Call(Two, 2), Call(Bad, 3)], [Letter(Bad, "history/hopeless"), Letter(One, "history/first")])), StringComparison.Ordinal);

    [Fact]
    public void A_dead_letter_that_is_missing_is_found() =>
        Assert.StartsWith("not given up", Assert.Single(Check([Call(One, 1), Call(Two, 2), Call(Bad, 3)], [])), StringComparison.Ordinal);

    private static IReadOnlyList<string> Check(IReadOnlyList<EffectCall> calls, IReadOnlyList<GivenUp>? letters = null) =>
        HistoryChecker.Violations(new HistoryRecord(
            [One, Two, Bad], calls,
            [new AgentLife("lives", null), new AgentLife("killed at 2", Start.AddSeconds(2)), new AgentLife("killed at 30", Start.AddSeconds(30))],
            letters ?? [Letter(Bad, "history/hopeless")]));

    private static EffectCall Call(PlannedEvent planned, int second, string incarnation = "lives") =>
        new(second, Start.AddSeconds(second), planned.Id, "history/first", incarnation);

    private static GivenUp Letter(PlannedEvent planned, string handler) => new(planned.Id, handler);
}
