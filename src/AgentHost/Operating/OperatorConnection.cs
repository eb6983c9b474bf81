using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Flatfile.Agent.Host.Operating;

/// <summary>Asks a running agent through its operator's endpoint.</summary>
internal sealed class OperatorConnection : IDisposable
{
    private const string Below = OperatorGate.Path + "/";

    private readonly HttpClient _http;

    /// <param name="address">Of the agent.</param>
    /// <param name="key">The operator's.</param>
    /// <param name="patience">How long one answer may take.</param>
    public OperatorConnection(Uri address, string key, TimeSpan patience)
    {
        var root = address.AbsoluteUri.TrimEnd('/');
        Place = $"the agent at {root}";
        _http = new HttpClient { BaseAddress = new Uri(root + Below), Timeout = patience };
        _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", key);
    }

    /// <summary>For messages.</summary>
    public string Place { get; }

    /// <exception cref="OperatorFault">It refused, or does not answer.</exception>
    public Task<T> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellationToken) =>
        SendAsync(() => _http.GetAsync(path, cancellationToken), type, cancellationToken);

    /// <exception cref="OperatorFault">It refused, or does not answer.</exception>
    public async Task<TAnswer> PostAsync<TOrder, TAnswer>(
        string path, TOrder order, JsonTypeInfo<TOrder> orderType, JsonTypeInfo<TAnswer> answerType, CancellationToken cancellationToken)
    {
        using var body = JsonContent.Create(order, orderType);
        return await SendAsync(() => _http.PostAsync(path, body, cancellationToken), answerType, cancellationToken);
    }

    public void Dispose() => _http.Dispose();

    private async Task<T> SendAsync<T>(Func<Task<HttpResponseMessage>> send, JsonTypeInfo<T> type, CancellationToken cancellationToken)
    {
        try
        {
            using var answer = await send();
            if (answer.IsSuccessStatusCode)
            {
                return await answer.Content.ReadFromJsonAsync(type, cancellationToken) ?? throw new JsonException("The answer is empty.");
            }

            throw await FaultAsync(answer, cancellationToken);
        }
        catch (HttpRequestException fault)
        {
            throw new OperatorFault(503, $"{Capital(Place)} does not answer.", fault.Message, "Check the address, and that it runs.", fault);
        }
        catch (JsonException fault)
        {
            throw new OperatorFault(502, $"What answers as {Place} is no agent of this version.", fault.Message, "Check the address.", fault);
        }
    }

    private async Task<OperatorFault> FaultAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        if (answer.StatusCode == HttpStatusCode.Unauthorized)
        {
            return new OperatorFault(
                401, $"The operator's key was refused by {Place}.", "It is not the key of that agent; a key of Spaces does not open this.",
                $"Give the one of its data folder's file operator-key with --key KEY, or set {OperatorKey.Setting}.");
        }

        try
        {
            if (await answer.Content.ReadFromJsonAsync(OperatorJson.Default.FaultView, cancellationToken) is { Error: { } said })
            {
                return new OperatorFault((int)answer.StatusCode, said.What, said.Why, said.Todo);
            }
        }
        catch (JsonException)
        {
            // No answer of an agent.
        }

        return new OperatorFault(502, $"What answers as {Place} is no agent.", $"It said {(int)answer.StatusCode}.", "Check the address.");
    }

    private static string Capital(string text) => char.ToUpperInvariant(text[0]) + text[1..];
}
