using Azure.Messaging.ServiceBus;
using Contracts.Support;
using Drivers.AzureServiceBus.Tests.Support;
using Flatfile.Agent;
using Flatfile.Agent.Drivers.AzureServiceBus;
using Flatfile.Agent.Drivers.AzureServiceBus.Receiving;

namespace Drivers.AzureServiceBus.Tests.Receiving;

/// <summary>What happens to a session when locks are lost and settlements fail.</summary>
public sealed class HeldSessionTests : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly List<string> _handed = [];
    private readonly LogLines _log = new();

    public void Dispose() => _stop.Dispose();

    [Theory]
    [Trait("Row", "E-07")]
    [Trait("Row", "E-22")]
    [InlineData(ServiceBusFailureReason.SessionLockLost)]
    [InlineData(ServiceBusFailureReason.MessageLockLost)]
    [InlineData(ServiceBusFailureReason.ServiceCommunicationProblem)]
    public async Task ASettlementTheBusDidNotGetIsToldToTheCallerAndNothingElseIsSaidAboutTheMessage(ServiceBusFailureReason reason)
    {
        var session = new RecordedSession("one", "two") { SettleFault = RecordedSession.LockLost(reason) };
        ServiceBusException? seen = null;

        await RunAsync(session, perSession: 1, async (delivery, token) =>
            seen = await Assert.ThrowsAsync<ServiceBusException>(() => delivery.CompleteAsync(token)));

        Assert.Equal(reason, seen?.Reason);
        Assert.Equal(["one"], _handed);
        Assert.Equal(["receive one", "complete one"], Settlements(session));
    }

    [Fact]
    [Trait("Row", "E-07")]
    public async Task ADeliveryIsSettledOnce()
    {
        var session = new RecordedSession("one");

        await RunAsync(session, perSession: 1, async (delivery, token) =>
        {
            await delivery.DeadLetterAsync("no good", token);
            await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.CompleteAsync(token));
            await Assert.ThrowsAsync<InvalidOperationException>(() => delivery.AbandonAsync(TimeSpan.Zero, token));
        });

        Assert.Equal(["receive one", "dead-letter 'no good' 'Given up by the agent in delivery 1.' one"], Settlements(session));
    }

    [Fact]
    public async Task WhatIsGivenBackWaitsUnderItsLockAndNobodyOvertakesIt()
    {
        var session = new RecordedSession("one", "two");
        var pause = TimeSpan.FromMilliseconds(700);
        var begun = TimeProvider.System.GetTimestamp();
        var waited = TimeSpan.Zero;

        await RunAsync(session, perSession: 1, async (delivery, token) =>
        {
            if (_handed.Count == 1)
            {
                begun = TimeProvider.System.GetTimestamp();
                await delivery.AbandonAsync(pause, token);
            }
            else
            {
                waited = TimeProvider.System.GetElapsedTime(begun);
                await delivery.CompleteAsync(token);
            }
        });

        Assert.Equal(["receive one", "abandon one", "receive two", "complete two"], Settlements(session));
        Assert.True(waited >= pause * 0.9, $"The next came after {waited}.");
        Assert.Contains("renew", session.Calls);
    }

    [Fact]
    public async Task BehindAnEventThatIsNotSettledTheLineStopsAndGoesBackInOrder()
    {
        var session = new RecordedSession("one", "two", "three");
        var second = new Signal("the second event");

        await RunAsync(session, perSession: 2, async (delivery, token) =>
        {
            if (_handed.Count == 1)
            {
                await second.Task;
                await delivery.AbandonAsync(TimeSpan.Zero, token);
            }
            else
            {
                second.Set();
                await Task.Yield();
                await delivery.AbandonAsync(TimeSpan.Zero, token);
            }
        }, until: () => session.Calls.Contains("abandon two"));

        Assert.Equal(["abandon one", "abandon two"], session.Calls.Where(c => c.StartsWith("abandon", StringComparison.Ordinal)).Take(2));
        Assert.True(session.Calls.ToList().IndexOf("receive three") is var third && (third < 0 || third > session.Calls.ToList().IndexOf("abandon two")));
    }

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 0)]
    public async Task WhereTheClientMayHoldLaterEventsTheSessionIsLeftAfterOneIsGivenBack(int perSession, int prefetch)
    {
        var session = new RecordedSession("one", "two");

        await RunAsync(
            session, perSession, (delivery, token) => delivery.AbandonAsync(TimeSpan.Zero, token), change: o => o.Prefetch = prefetch);

        Assert.Equal(["receive one", "abandon one"], Settlements(session));
    }

    [Theory]
    [InlineData(false, 5000)]
    [InlineData(true, 100)]
    public async Task AQuietSessionIsKeptForItsTimeButNotWhileOthersWaitForItsPlace(bool othersMayWait, int milliseconds)
    {
        var session = new RecordedSession();

        await RunAsync(session, perSession: 1, (_, _) => Task.CompletedTask, change: o => o.SessionIdle = TimeSpan.FromSeconds(5), othersMayWait: othersMayWait);

        Assert.Equal([TimeSpan.FromMilliseconds(milliseconds)], session.Waits);
    }

    [Fact]
    [Trait("Row", "E-23")]
    public async Task WhenTheLockIsLostWhileAnEventIsInHandNoneBehindItIsTaken()
    {
        var session = new RecordedSession("one", "two") { RenewFault = RecordedSession.LockLost(ServiceBusFailureReason.SessionLockLost) };

        await RunAsync(session, perSession: 1, async (delivery, token) =>
        {
            await Signal.UntilAsync(() => Task.FromResult(_log.Lines.Any(l => l.Contains("The lock of session s was lost", StringComparison.Ordinal))), "the lock to be lost");
            await delivery.CompleteAsync(token);
        });

        Assert.Equal(["receive one", "renew", "complete one"], session.Calls);
    }

    [Fact]
    public async Task AThrowingHandlerAfterASettlementChangesNothing()
    {
        var session = new RecordedSession("one");

        await RunAsync(session, perSession: 1, async (delivery, token) =>
        {
            await delivery.CompleteAsync(token);
            throw new InvalidOperationException("too late");
        });

        Assert.Equal(["receive one", "complete one"], Settlements(session));
    }

    private static IEnumerable<string> Settlements(RecordedSession session) => session.Calls.Where(c => c != "renew");

    private async Task RunAsync(
        RecordedSession session, int perSession, Func<EventDelivery, CancellationToken, Task> handle,
        Func<bool>? until = null, Action<AzureServiceBusOptions>? change = null, bool othersMayWait = false)
    {
        var options = new AzureServiceBusOptions { MaxInFlightPerSession = perSession, SessionIdle = TimeSpan.FromMilliseconds(30) };
        change?.Invoke(options);
        var handOver = new HandOver(
            (delivery, token) =>
            {
                _handed.Add(FlatfileEvent.Parse(delivery.Body).Id);
                return handle(delivery, token);
            },
            maxInFlight: 4, TimeSpan.FromMinutes(1), TimeProvider.System, _log, _stop.Token, CancellationToken.None);
        var held = new HeldSession(session, handOver, () => othersMayWait, options, TimeProvider.System, _log);
        var running = held.RunAsync(_stop.Token, CancellationToken.None);
        if (until is not null)
        {
            await Signal.UntilAsync(() => Task.FromResult(until()), "the end of the test");
            await _stop.CancelAsync();
        }

        await Signal.WaitAsync(running, "the session to end");
    }
}
