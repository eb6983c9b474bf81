using System.Globalization;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using Flatfile.Agent.Host.DeadLetters;
using Flatfile.Agent.Host.Dashboard.Markup;

namespace Flatfile.Agent.Host.Dashboard.Pages;

/// <summary>Everything that is known of one dead letter.</summary>
internal static class DeadLetterPage
{
    private const int LongestText = 100_000;

    // The markup encodes; here the text only has to be read by people.
    private static readonly JsonSerializerOptions Written = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static Html Of(LetterDetail letter, PageFrame page) => Html.Of($"""
        <section aria-labelledby="letter-title"><h1 id="letter-title">Dead letter {letter.Id}</h1>
        <p class="fault">{letter.Reason}</p>
        <form id="{Parts.OrderForm}" method="post">{page.FormToken()}</form>
        <p>{(letter.State == "open" ? Parts.Order(page, $"/dead/{letter.Id}/replay", "Replay", $"dead letter {letter.Id}") : Parts.Badge(letter.State, "live"))}</p>
        <dl class="facts">
        {Fact("State", letter.State)}{Fact("Handler", letter.Handler)}{Fact("Version that gave up", letter.HandlerVersion)}{Fact("Topic", letter.Topic)}
        {Fact("Event", letter.EventId)}{Fact("Space", letter.Space)}{Fact("Tries", letter.Tries.ToString(CultureInfo.InvariantCulture))}{Fact("Given up", Time(letter.At))}
        {Fact("Replay asked for", Time(letter.ReplayAskedAt))}{Fact("Replayed", Time(letter.ReplayedAt))}{Fact("Dropped", Time(letter.DroppedAt))}
        {Fact("Is the replay of", letter.ReplayOf?.ToString(CultureInfo.InvariantCulture))}{Fact("Note", letter.Note)}
        </dl>
        {Text("Event", letter.Event is { } @event ? Json(@event) : letter.Text)}
        {Text("Event as changed for the replay", letter.Edited is { } edited ? Json(edited) : null)}
        {Text("Stack", letter.Stack)}
        <p><a href="{page.Address($"")}#dead">To the dead letters</a></p></section>

        """);

    private static Html Fact(string name, string? value) => value is null ? Html.None : Html.Of($"""<div><dt>{name}</dt><dd>{value}</dd></div>{"\n"}""");

    private static Html Text(string title, string? text) => text is null ? Html.None : Html.Of($"""
        <h2>{title}</h2>
        <pre tabindex="0" role="region" aria-label="{title}">{(text.Length > LongestText ? text[..LongestText] + "\n… ./agent dead show has the rest" : text)}</pre>

        """);

    private static string Json(JsonNode node) => node.ToJsonString(Written);

    private static string? Time(DateTimeOffset? at) => at?.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss 'UTC'", CultureInfo.InvariantCulture);
}
