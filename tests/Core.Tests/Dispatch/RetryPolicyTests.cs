using System.Net;
using Flatfile.Agent;
using Flatfile.Agent.Core.Dispatch;
using Flatfile.Agent.Core.Dispatch.Suspects;

namespace Core.Tests.Dispatch;

public sealed class RetryPolicyTests
{
    private static readonly RetryPolicy Policy = new(5, TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), () => 0.5);

    public static TheoryData<Exception, string> Faults => new()
    {
        { new InvalidOperationException("bug"), nameof(RetryDecision.RetryAfter) },
        { new TimeoutException("slow"), nameof(RetryDecision.RetryAfter) },
        { new IOException("torn"), nameof(RetryDecision.RetryAfter) },
        { new TaskCanceledException("slow"), nameof(RetryDecision.RetryAfter) },
        { new HttpRequestException("no route"), nameof(RetryDecision.RetryAfter) },
        { Http(500), nameof(RetryDecision.RetryAfter) },
        { Http(502), nameof(RetryDecision.RetryAfter) },
        { Http(503), nameof(RetryDecision.RetryAfter) },
        { Http(408), nameof(RetryDecision.RetryAfter) },
        { Http(429), nameof(RetryDecision.RetryAfter) },
        { Http(401), nameof(RetryDecision.RetryAfter) },
        { Http(409), nameof(RetryDecision.RetryAfter) },
        { Http(400), nameof(RetryDecision.GiveUp) },
        { Http(403), nameof(RetryDecision.GiveUp) },
        { Http(404), nameof(RetryDecision.GiveUp) },
        { Http(422), nameof(RetryDecision.GiveUp) },
        { new NotSupportedException("never"), nameof(RetryDecision.GiveUp) },
        { new JobFailedException("wrong file"), nameof(RetryDecision.GiveUp) },
        { new UnreadableEventException("no JSON"), nameof(RetryDecision.GiveUp) },
        { new AggregateException(Http(404)), nameof(RetryDecision.GiveUp) },
        { new System.Reflection.TargetInvocationException(new JobFailedException("wrong file")), nameof(RetryDecision.GiveUp) },
        { Elsewhere(isPermanent: true), nameof(RetryDecision.GiveUp) },
        { Elsewhere(isPermanent: false), nameof(RetryDecision.RetryAfter) },
    };

    [Theory]
    [MemberData(nameof(Faults))]
    public void The_kind_of_fault_decides_at_the_first_failure(Exception fault, string decision) =>
        Assert.Equal(decision, Policy.Decide(new Failure(fault, 1)).GetType().Name);

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 10)]
    [InlineData(3, 20)]
    [InlineData(4, 40)]
    public void The_first_retry_is_fast_and_the_pauses_double(int attempt, double seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Delay(Policy, attempt));

    [Fact]
    public void No_pause_is_longer_than_the_longest() =>
        Assert.Equal(TimeSpan.FromMinutes(1), Delay(Policy with { MaxAttempts = 100 }, 60));

    [Theory]
    [InlineData(0.0, 8)]
    [InlineData(0.999999, 12)]
    public void Pauses_are_spread_by_a_fifth(double jitter, double seconds) =>
        Assert.Equal(seconds, Delay(Policy with { Jitter = () => jitter }, 2).TotalSeconds, 3);

    [Fact]
    public void Used_up_tries_park_the_event_and_say_how_often_it_was_tried() =>
        Assert.Equal(new RetryDecision.Park("bug (tried 5 times)"), Policy.Decide(new Failure(new InvalidOperationException("bug"), 5)));

    [Theory]
    [InlineData(100, 100)] // asked for longer than our own pause
    [InlineData(5, 10)] // asked for less: our own pause stands
    public void The_pause_the_other_side_asked_for_is_kept(double asked, double seconds) => Assert.Equal(
        TimeSpan.FromSeconds(seconds),
        Assert.IsType<RetryDecision.RetryAfter>(Policy.Decide(new Failure(Elsewhere(false, TimeSpan.FromSeconds(asked)), 2))).Delay);

    [Fact]
    public void A_fault_for_a_person_is_given_up_with_its_own_words() =>
        Assert.Equal(new RetryDecision.GiveUp("The file has no header."), Policy.Decide(new Failure(new JobFailedException("The file has no header."), 1)));

    private static SuspectFailedException Elsewhere(bool isPermanent, TimeSpan? retryAfter = null) =>
        new(new SuspectFault("refused", "a stack", isPermanent, retryAfter));

    private static TimeSpan Delay(RetryPolicy policy, int attempt) =>
        Assert.IsType<RetryDecision.RetryAfter>(policy.Decide(new Failure(new TimeoutException(), attempt))).Delay;

    private static HttpRequestException Http(int status) => new("refused", null, (HttpStatusCode)status);
}
