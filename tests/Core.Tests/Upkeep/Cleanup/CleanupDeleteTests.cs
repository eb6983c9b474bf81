using System.Net;

namespace Core.Tests.Upkeep.Cleanup;

/// <summary>A delete whose answer is no answer, and two cleanups at once.</summary>
public sealed class CleanupDeleteTests : IAsyncLifetime
{
    private CleanupWorld _world = null!;

    public async Task InitializeAsync() => _world = await CleanupWorld.StartAsync();

    public async Task DisposeAsync() => await _world.DisposeAsync();

    [Fact]
    [Trait("Row", "C-06")]
    public async Task Of_two_cleanups_at_once_one_deletes_and_the_other_finds_it_gone()
    {
        var space = await _world.AddAsync();
        var both = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var met = 0;
        async Task MeetAsync(string name)
        {
            if (name == "stored.Deleting")
            {
                if (Interlocked.Increment(ref met) == 2)
                {
                    both.SetResult();
                }

                await Contracts.Support.Signal.WaitAsync(both.Task, "both cleanups to be about to delete");
            }
        }

        using var other = new Wire();
        var results = await Task.WhenAll(_world.RunAsync(step: MeetAsync), new Second(_world).RunAsync(other, MeetAsync));

        Assert.False(await _world.ExistsAsync(space));
        Assert.All(results, r => Assert.All(r.Details!["spaces"]!.AsArray(), l => Assert.Equal("deleted", l!["end"]!.ToString())));
    }

    [Theory]
    [Trait("Row", "C-07")]
    [InlineData("before")]
    [InlineData("after")]
    [InlineData("timeout after")]
    public async Task A_delete_without_a_clear_answer_is_looked_up_and_tried_again_with_the_same_export(string when)
    {
        var space = await _world.AddAsync();
        var faults = 0;
        HttpResponseMessage Fault() => when.StartsWith("timeout", StringComparison.Ordinal)
            ? throw new HttpRequestException("The connection broke off.") : CleanupWorld.Answer(HttpStatusCode.InternalServerError, "{}");
        bool IsFirst(string call) => call == $"DELETE spaces/{space}" && Interlocked.Increment(ref faults) == 1;
        if (when == "before")
        {
            _world.Wire.Before = call => IsFirst(call) ? Fault() : null;
        }
        else
        {
            _world.Wire.After = (call, answer) => Task.FromResult(IsFirst(call) ? Fault() : answer);
        }

        var result = await _world.RunAsync();

        Assert.False(await _world.ExistsAsync(space));
        Assert.Equal("deleted", result.Details!["spaces"]![0]!["end"]!.ToString());
        Assert.Equal(when == "before" ? 2 : 1, _world.Wire.Calls.Count(c => c == $"DELETE spaces/{space}"));
        Assert.Single(_world.Wire.Calls, $"GET spaces/{space}/export");
    }

    [Fact]
    [Trait("Row", "C-07")]
    public async Task A_delete_that_keeps_failing_is_done_by_the_next_run_without_a_second_export()
    {
        var space = await _world.AddAsync();
        _world.Wire.Before = call => call.StartsWith("DELETE", StringComparison.Ordinal) ? CleanupWorld.Answer(HttpStatusCode.ServiceUnavailable, "{}") : null;
        var failed = await _world.RunAsync();
        Assert.Equal("kept", failed.Details!["spaces"]![0]!["end"]!.ToString());
        _world.Wire.Before = _ => null;
        _world.Slot += TimeSpan.FromDays(7);

        var result = await _world.RunAsync();

        Assert.Equal("deleted", result.Details!["spaces"]![0]!["end"]!.ToString());
        Assert.Single(_world.Wire.Calls, $"GET spaces/{space}/export");
    }

    /// <summary>A cleanup of another agent, with a state and a folder of its own.</summary>
    private sealed class Second(CleanupWorld world)
    {
        public async Task<Flatfile.Agent.RecurringResult> RunAsync(Wire wire, Func<string, Task> step)
        {
            using var folder = new Contracts.Support.TestFolder();
            var context = new StoredContext(folder.Path, new StoredContext.Kept(), world.Slot, _ => Task.CompletedTask);
            context.Given["mode"] = "run";
            using var client = new Flatfile.Api.FlatfileClient(
                new Flatfile.Api.FlatfileClientOptions { BaseAddress = world.Server.Address, Token = world.Server.Key, MaxRetries = 0 }, wire);
            var work = new Flatfile.Agent.Core.Upkeep.Cleanup.CleanupWork(client, Microsoft.Extensions.Options.Options.Create(world.Options), TimeProvider.System) { Step = step };
            return await work.RunAsync(context, CancellationToken.None);
        }
    }
}
