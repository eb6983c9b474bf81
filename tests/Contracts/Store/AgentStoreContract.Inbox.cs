using Contracts.Support;
using Flatfile.Agent.Core.Jobs;
using Flatfile.Agent.Core.Store;

namespace Contracts.Store;

/// <summary>Claims of events: who may begin, and what is known of those who began before.</summary>
public abstract partial class AgentStoreContract
{
    [ContractFact]
    [Trait("Row", "E-11")]
    public async Task An_event_in_the_hands_of_a_living_agent_is_refused_to_another_until_it_is_done()
    {
        var (one, other) = await StrangersAsync();

        Assert.Equal(new InboxClaim(InboxAnswer.Claimed), await one.TakeAsync("us_evt_1"));
        Assert.Equal(InboxAnswer.Elsewhere, (await other.TakeAsync("us_evt_1")).Answer);
        await one.Inbox.DoneAsync("us_evt_1", "h", CancellationToken.None);

        Assert.Equal(InboxAnswer.Done, (await other.TakeAsync("us_evt_1")).Answer);
        Assert.Equal(InboxAnswer.Done, (await one.TakeAsync("us_evt_1")).Answer);
    }

    [ContractFact]
    [Trait("Row", "E-11")]
    public async Task Of_many_claims_at_the_same_instant_one_agent_gets_the_event()
    {
        var (one, other) = await StrangersAsync();
        for (var i = 0; i < 20; i++)
        {
            var id = $"us_evt_{i}";
            var answers = await Task.WhenAll(one.TakeAsync(id), other.TakeAsync(id));

            Assert.Equal([InboxAnswer.Claimed, InboxAnswer.Elsewhere], answers.Select(a => a.Answer).Order());
        }
    }

    [ContractFact]
    public async Task An_event_of_an_agent_that_died_is_free_and_the_death_is_known()
    {
        var (one, other) = await StrangersAsync();
        await one.TakeAsync("us_evt_1");
        await DieAsync(one);

        Assert.Equal(new InboxClaim(InboxAnswer.Claimed, Deaths: 1), await other.TakeAsync("us_evt_1"));
        Assert.Equal(new InboxClaim(InboxAnswer.Claimed, Deaths: 1), await other.TakeAsync("us_evt_1"));
    }

    [ContractFact]
    public async Task A_claim_given_up_in_order_is_no_death()
    {
        var (one, other) = await StrangersAsync();
        await one.TakeAsync("us_evt_1");
        await other.Inbox.ReleaseAsync("us_evt_1", "h", CancellationToken.None);
        Assert.Equal(InboxAnswer.Elsewhere, (await other.TakeAsync("us_evt_1")).Answer);
        await one.Inbox.ReleaseAsync("us_evt_1", "h", CancellationToken.None);

        Assert.Equal(new InboxClaim(InboxAnswer.Claimed), await other.TakeAsync("us_evt_1"));
    }

    [ContractFact]
    public async Task One_claim_speaks_for_many_handlers_and_answers_for_each()
    {
        var (one, other) = await StrangersAsync();
        await one.Inbox.DoneAsync("us_evt_1", "done", CancellationToken.None);
        await one.Inbox.ClaimAsync("us_evt_1", ["mine"], CancellationToken.None);
        await other.Inbox.ClaimAsync("us_evt_1", ["other"], CancellationToken.None);

        var claims = await one.Inbox.ClaimAsync("us_evt_1", ["other", "new", "done", "mine"], CancellationToken.None);

        Assert.Equal([InboxAnswer.Elsewhere, InboxAnswer.Claimed, InboxAnswer.Done, InboxAnswer.Claimed], claims.Select(c => c.Answer));
        Assert.All(claims, c => Assert.Equal(0, c.Deaths));
    }

    [ContractFact]
    public async Task Charged_deaths_are_kept_with_the_event()
    {
        var (one, other) = await StrangersAsync();
        await one.TakeAsync("us_evt_1");

        Assert.Equal(1, await one.Inbox.ChargeAsync("us_evt_1", "h", 1, CancellationToken.None));
        Assert.Equal(2, await one.Inbox.ChargeAsync("us_evt_1", "h", 1, CancellationToken.None));
        Assert.Equal(1, await one.Inbox.ChargeAsync("us_evt_1", "h", -1, CancellationToken.None));
        await DieAsync(one);

        Assert.Equal(new InboxClaim(InboxAnswer.Claimed, Deaths: 1, Proven: 1), await other.TakeAsync("us_evt_1"));
    }

    /// <summary>Two agents with ids of their own, also where the store itself is for one process.</summary>
    private async Task<(StoreNode One, StoreNode Other)> StrangersAsync()
    {
        var (one, other) = await TwoAsync();
        if (one.Owner.Id != other.Owner.Id)
        {
            return (one, other);
        }

        var stranger = new StoreNode(one.Database, new AgentOwner(), one.Nodes);
        await one.Database.WriteAsync(
            "stranger",
            c => c.Run(
                "INSERT INTO nodes(owner, name, alive_until) VALUES(@owner, 'stranger', @until)",
                ("@owner", stranger.Owner.Id), ("@until", DateTimeOffset.MaxValue.ToUnixTimeMilliseconds())),
            CancellationToken.None);
        return (one, stranger);
    }

    private static Task DieAsync(StoreNode node) => node.Database.WriteAsync(
        "die", c => c.Run("UPDATE nodes SET alive_until = 0 WHERE owner = @owner", ("@owner", node.Owner.Id)), CancellationToken.None);
}
