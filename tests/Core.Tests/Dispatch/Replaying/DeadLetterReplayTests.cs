using System.Text;
using Core.Tests.Support;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Replaying;
using Flatfile.Agent.Core.Plugins;
using Flatfile.Agent.Core.Store;

namespace Core.Tests.Dispatch.Replaying;

/// <summary>What a replay does, to whom, and what it refuses.</summary>
public sealed class DeadLetterReplayTests : ReplayTestBase
{
    [Fact]
    [Trait("Row", "E-14")]
    public async Task It_goes_to_the_handler_that_gave_up_and_to_no_other()
    {
        World.OnEvent("good", (_, _) => RanAsync("good"));
        OnEventThatMayBreak();
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        var letter = (await LettersAsync(process, 1))[0];
        IsBroken = false;

        Assert.Equal(1, (await AskAsync(process, letter.Id)).Asked);
        await StandsAsync(process, letter.Id, DeadLetterState.Replayed);
        Assert.Equal(0, (await AskAsync(process, letter.Id)).Asked);

        Assert.Equal(["good", "bad us_evt_1"], Runs.Items);
        Assert.Empty(await process.Get<IDeadLetters>().ListAsync(10, CancellationToken.None));
    }

    [Fact]
    [Trait("Row", "E-14")]
    public async Task One_that_fails_again_is_a_new_letter_that_names_the_old_one()
    {
        OnEventThatMayBreak();
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        var first = (await LettersAsync(process, 1))[0];

        await AskAsync(process, first.Id);
        await StandsAsync(process, first.Id, DeadLetterState.Replayed);
        var second = (await LettersAsync(process, 1))[0];
        await AskAsync(process, second.Id);
        await StandsAsync(process, second.Id, DeadLetterState.Replayed);
        var third = (await LettersAsync(process, 1))[0];

        Assert.Null(first.ReplayOf);
        Assert.Equal(first.Id, second.ReplayOf);
        Assert.Equal(second.Id, third.ReplayOf);
    }

    [Fact]
    public async Task Letters_of_one_space_are_replayed_in_the_order_of_asking()
    {
        OnEventThatMayBreak();
        await using var process = await AgentProcess.StartAsync(World);
        for (var i = 0; i < 30; i++)
        {
            World.PublishEvent($"us_evt_{i}");
        }

        await LettersAsync(process, 30);
        IsBroken = false;
        var report = await process.Get<DeadLetterReplay>().RequestAsync(new ReplayRequest(new DeadLetterFilter { Handler = "b*" }), CancellationToken.None);

        Assert.Equal(30, report.Asked);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => $"bad us_evt_{i}"), await Runs.WaitForAsync(30));
    }

    [Fact]
    public async Task A_changed_event_is_sent_and_the_original_is_kept()
    {
        World.OnEvent("strict", (context, _) =>
            context.Event.PayloadText("country") is { } country ? RanAsync(country) : throw new NotSupportedException("no country"));
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        var letter = (await LettersAsync(process, 1))[0];
        var edited = Encoding.UTF8.GetString(letter.Body.Span).Replace("\"payload\":{}", "\"payload\":{\"country\":\"NA\"}", StringComparison.Ordinal);

        await EditAsync(process, letter.Id, edited);
        var replayed = await StandsAsync(process, letter.Id, DeadLetterState.Replayed);

        Assert.Equal(["NA"], Runs.Items);
        Assert.Equal(letter.Body.ToArray(), replayed.Body.ToArray());
        Assert.Equal(edited, Encoding.UTF8.GetString(replayed.Edited!.Value.Span));
    }

    [Theory]
    [InlineData("""{"id":"us_evt_2","topic":"space:updated","context":{},"payload":{}}""", "us_evt_2")]
    [InlineData("""{"id":"us_evt_1","topic":"space:updated","context":[],"payload":{}}""", "cannot be read")]
    [InlineData("nothing", "cannot be read")]
    public async Task A_changed_event_that_is_another_or_none_is_refused_and_the_letter_stays(string edited, string says)
    {
        OnEventThatMayBreak();
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        var letter = (await LettersAsync(process, 1))[0];

        var fault = await Assert.ThrowsAsync<EditedEventException>(() => EditAsync(process, letter.Id, edited));

        Assert.Contains(says, fault.Message, StringComparison.Ordinal);
        Assert.Equal(DeadLetterState.Open, (await process.Get<IDeadLetters>().GetAsync(letter.Id, CancellationToken.None))!.State);
    }

    [Fact]
    [Trait("Row", "E-15")]
    public async Task An_unreadable_event_is_replayed_once_it_is_corrected_to_all_it_is_for()
    {
        World.OnEvent("one", (context, _) => RanAsync("one " + context.Event.Id));
        World.OnEvent("two", (_, _) => throw new NotSupportedException("never"));
        await using var process = await AgentProcess.StartAsync(World);
        World.Feed.Publish("no event");
        var letter = (await LettersAsync(process, 1))[0];

        var asItIs = await AskAsync(process, letter.Id);
        await EditAsync(process, letter.Id, """{"id":"us_evt_1","topic":"space:updated","context":{"spaceId":"us_sp_1"},"payload":{}}""");
        await StandsAsync(process, letter.Id, DeadLetterState.Replayed);
        var second = (await LettersAsync(process, 1))[0];

        Assert.Equal((0, 1), (asItIs.Asked, asItIs.Refused));
        Assert.Contains("--edited", asItIs.Letters[0].WhyNot, StringComparison.Ordinal);
        Assert.Equal(["one us_evt_1"], Runs.Items);
        Assert.Equal(("two", letter.Id), (second.HandlerId, second.ReplayOf));
    }

    [Fact]
    public async Task A_dry_run_says_what_would_happen_and_changes_nothing()
    {
        OnEventThatMayBreak();
        World.OnEvent("gone", (_, _) => throw new NotSupportedException("never"));
        await using var process = await AgentProcess.StartAsync(World);
        InForce(process, "1.0.0", World.Bindings);
        World.PublishEvent("us_evt_1");
        await LettersAsync(process, 2);
        InForce(process, "1.1.0", World.Bindings.Where(b => b.HandlerId == "bad"));

        var report = await process.Get<DeadLetterReplay>().RequestAsync(new ReplayRequest(new DeadLetterFilter()) { DryRun = true }, CancellationToken.None);
        var runs = report.Letters.Single(l => l.HandlerId == "bad");
        var refused = report.Letters.Single(l => l.HandlerId == "gone");

        Assert.Equal((1, 1), (report.Asked, report.Refused));
        Assert.Equal((true, "1.0.0", "1.1.0", true, null), (runs.IsLoaded, runs.VersionThen, runs.VersionNow, runs.Matches, runs.WhyNot));
        Assert.Equal((false, null, null), (refused.IsLoaded, refused.VersionNow, refused.Matches));
        Assert.Contains("'gone' is not loaded", refused.WhyNot, StringComparison.Ordinal);
        Assert.All(await LettersAsync(process, 2), l => Assert.Equal(("1.0.0", "us_sp_1"), (l.HandlerVersion, l.SpaceId)));
    }

    [Fact]
    public async Task A_letter_whose_binding_does_not_match_any_more_is_not_asked_for()
    {
        OnEventThatMayBreak();
        await using var process = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        var letter = (await LettersAsync(process, 1))[0];
        var other = new BindingRule([TopicGlob.Parse("space:deleted")], []);
        InForce(process, null, [HandlerBinding.ForEvents("bad", "test", "bad", [other], _ => throw new NotSupportedException())]);

        var report = await AskAsync(process, letter.Id);

        Assert.Equal((0, 1), (report.Asked, report.Refused));
        Assert.Contains("does not match the event any more", report.Letters[0].WhyNot, StringComparison.Ordinal);
        Assert.Equal(DeadLetterState.Open, (await process.Get<IDeadLetters>().GetAsync(letter.Id, CancellationToken.None))!.State);
    }

    [Fact]
    public async Task A_dropped_letter_is_never_sent_again_although_its_replay_was_asked_for()
    {
        OnEventThatMayBreak();
        long id;
        await using (var first = await AgentProcess.StartAsync(World, crashAfter: "dead.ask"))
        {
            World.PublishEvent("us_evt_1");
            id = (await LettersAsync(first, 1))[0].Id;
            await Assert.ThrowsAsync<InvalidOperationException>(() => AskAsync(first, id));
            await first.KillAsync();
        }

        await using (var store = new SqliteAgentDatabase(World.Folder.Path))
        {
            await store.OpenAsync(CancellationToken.None);
            Assert.Equal([id], await new StoredDeadLetters(store, TimeProvider.System).DropAsync([id, 99], CancellationToken.None));
        }

        IsBroken = false;
        await using var again = await AgentProcess.StartAsync(World);
        World.PublishEvent("us_evt_1");
        World.PublishEvent("us_evt_2");

        Assert.Equal(["bad us_evt_2"], await Runs.WaitForAsync(1));
        Assert.Equal(DeadLetterState.Dropped, (await again.Get<IDeadLetters>().GetAsync(id, CancellationToken.None))!.State);
    }

    private static void InForce(AgentProcess process, string? version, IEnumerable<HandlerBinding> bindings) => process.Get<HandlerCatalogSource>().Replace(
        new HandlerCatalog([.. bindings], [new PluginStatus { Name = "test", Version = version, State = PluginState.Loaded }]));

    private static Task<ReplayReport> EditAsync(AgentProcess process, long id, string edited) => process.Get<DeadLetterReplay>().RequestAsync(
        new ReplayRequest(new DeadLetterFilter { Ids = [id] }) { Edited = Encoding.UTF8.GetBytes(edited) }, CancellationToken.None);
}
