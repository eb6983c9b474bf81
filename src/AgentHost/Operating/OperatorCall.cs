using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;

namespace Flatfile.Agent.Host.Operating;

/// <summary>Reads what an operator sends and says clearly what cannot be read.</summary>
internal static class OperatorCall
{
    /// <summary>The body as JSON.</summary>
    public static async Task<T> ReadAsync<T>(HttpContext http, JsonTypeInfo<T> type)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new OperatorFault(415, "The body is not said to be JSON.", "Requests carry JSON.", "Send 'Content-Type: application/json'.");
        }

        try
        {
            return await JsonSerializer.DeserializeAsync(http.Request.Body, type, http.RequestAborted)
                ?? throw OperatorFault.BadRequest("The body is empty.", "It says what is to be done.", "Send a JSON object.");
        }
        catch (JsonException fault)
        {
            throw OperatorFault.BadRequest("The body cannot be read.", fault.Message, "Correct it; docs/operations.md lists the members.");
        }
    }

    /// <summary>Refuses parameters nobody knows: a slip of the pen must not widen what is meant.</summary>
    public static void Know(HttpContext http, params ReadOnlySpan<string> names)
    {
        foreach (var name in http.Request.Query.Keys)
        {
            if (!names.Contains(name))
            {
                throw OperatorFault.BadRequest($"There is no parameter '{name}' here.", $"Known are {string.Join(", ", names.ToArray())}.", "Correct it, or leave it out.");
            }
        }
    }

    public static string? Text(HttpContext http, string name) => http.Request.Query.TryGetValue(name, out var values) ? values.ToString() : null;

    public static long? Number(HttpContext http, string name) => Text(http, name) is not { } text ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number
        : throw OperatorFault.BadRequest($"{name} is '{text}'.", "It is a whole number.", "Correct it, or leave it out.");

    public static DateTimeOffset? Time(HttpContext http, string name) => Text(http, name) is not { } text ? null
        : DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time
        : throw OperatorFault.BadRequest($"{name} is '{text}'.", "It is a time.", "Write it as 2025-03-01T12:00:00Z.");
}
