using System.Text;
using Flatfile.Agent;
using Flatfile.Agent.Core.Binding;
using Flatfile.Agent.Core.Dispatch.Rules;

namespace Core.Tests.Dispatch.Rules;

public sealed class DispatchRuleTests
{
    private const string Event =
        """
        {"id":"us_evt_1","topic":"t","context":{"spaceId":"us_sp_1","workbookId":"us_wb_1","sheetId":"us_sh_1"},
         "payload":{"customer":{"id":7},"urgent":true,"name":"Ada","list":[1]}}
        """;

    private static readonly HandlerBinding Binding = HandlerBinding.ForEvents("h", "P", "H", [], _ => throw new NotSupportedException());

    [Theory]
    [InlineData(null, "us_sp_1")]
    [InlineData("space", "us_sp_1")]
    [InlineData("Workbook", "h\nus_wb_1")]
    [InlineData("sheet", "h\nus_sh_1")]
    [InlineData("file", "h\nus_sp_1")] // there is none: with the others of its space
    [InlineData("none", "h\nus_evt_1")]
    [InlineData("payload.customer.id", "h\n7")]
    [InlineData("payload.urgent", "h\ntrue")]
    [InlineData("payload.name", "h\nAda")]
    [InlineData("payload.list", "h\nus_sp_1")]
    [InlineData("payload.name.first", "h\nus_sp_1")]
    [InlineData("context.sheetId", "h\nus_sh_1")]
    public void The_lane_of_an_event_is_that_of_the_space_or_the_handlers_own(string? key, string lane) =>
        Assert.Equal(lane, DispatchRule.Read(new HandlerRules { Lane = key }).LaneOf(Binding, FlatfileEvent.Parse(Encoding.UTF8.GetBytes(Event))));

    [Theory]
    [InlineData("sheets", "'sheets' is no key of events. Write space, workbook, sheet, file, none, or a path into the event such as payload.customerId or context.documentId.")]
    [InlineData("payload", "'payload' is no key of events.")]
    [InlineData("payload..id", "'payload..id' is no key of events.")]
    [InlineData("topic.x", "'topic.x' is no key of events.")]
    [InlineData("", "'' is no key of events.")]
    public void A_key_that_cannot_be_is_told_with_those_that_can(string key, string message) =>
        Assert.StartsWith(message, Assert.Throws<FormatException>(() => DispatchRule.Read(new HandlerRules { Lane = key })).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_that_cannot_be_are_told()
    {
        Assert.Equal("The limit is 0. Make it 1 or more.", Fault(new HandlerRules { Limit = 0 }));
        Assert.Equal("The limit per sheet is -1. Make it 1 or more.", Fault(new HandlerRules { LimitPer = new Dictionary<string, int> { ["sheet"] = -1 } }));
        Assert.StartsWith("The limit per none limits nothing", Fault(new HandlerRules { LimitPer = new Dictionary<string, int> { ["none"] = 1 } }), StringComparison.Ordinal);
        Assert.Equal("The number of attempts is 0. Make it 1 or more.", Fault(new HandlerRules { MaxAttempts = 0 }));
        Assert.Equal("The attempt timeout is 00:00:00. Make it more than zero, such as 00:00:30.", Fault(new HandlerRules { AttemptTimeout = TimeSpan.Zero }));
    }

    [Fact]
    public void What_the_settings_say_wins_and_the_rest_stays()
    {
        var own = DispatchRule.Read(new HandlerRules
        {
            Lane = "sheet", Limit = 4, LimitPer = new Dictionary<string, int> { ["sheet"] = 2, ["file"] = 3 }, MaxAttempts = 9, AttemptTimeout = TimeSpan.FromSeconds(1),
        });

        var merged = own.With(new HandlerRules { Limit = 8, LimitPer = new Dictionary<string, int> { ["Sheet"] = 1 }, MaxAttempts = 2 });

        Assert.Equal("sheet", merged.Lane.Written);
        Assert.Equal([("file", 3), ("sheet", 1), (null, 8)], merged.Limits.Select(l => (l.Per?.Written, l.AtOnce)));
        Assert.Equal((2, TimeSpan.FromSeconds(1)), (merged.MaxAttempts, merged.AttemptTimeout));
    }

    private static string Fault(HandlerRules rules) => Assert.Throws<FormatException>(() => DispatchRule.Read(rules)).Message;
}
