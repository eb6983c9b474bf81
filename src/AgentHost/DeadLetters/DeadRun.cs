using System.Globalization;
using System.Text.Json;
using Flatfile.Agent.Host.Faults;
using Flatfile.Agent.Host.Operating;
using Flatfile.Agent.Host.Output;

namespace Flatfile.Agent.Host.DeadLetters;

/// <summary>Does what stands behind <c>./agent dead</c> and answers the exit code.</summary>
internal static class DeadRun
{
    private const int Listed = 20;

    public static Task<int> ListAsync(DeadRequest request, CancellationToken stop) => AtDeskAsync(request, false, async desk =>
    {
        if (request.Bus)
        {
            var messages = await desk.PeekBusAsync(request.Limit ?? Listed, stop);
            Print(request, messages, OperatorJson.Default.BusPage, () => BusTable.Write(Screen.Out(), messages));
            return ExitCodes.Done;
        }

        var page = await desk.ListAsync(request.Filter, request.Limit ?? Listed, null, stop);
        Print(request, page, OperatorJson.Default.LetterPage, () => DeadTable.Write(Screen.Out(), page, desk.Place));
        return ExitCodes.Done;
    }, stop);

    public static Task<int> ShowAsync(DeadRequest request, CancellationToken stop) => AtDeskAsync(request, false, async desk =>
    {
        var letter = await desk.ShowAsync(Number(request.Ids[0]), stop);
        if (request.EventAlone)
        {
            Console.Out.WriteLine(letter.Event is null ? letter.Text : PrintedJson.Indented(letter.Event));
            return ExitCodes.Done;
        }

        Print(request, letter, OperatorJson.Default.LetterDetail, () => DeadSheet.Write(Screen.Out(), letter));
        return ExitCodes.Done;
    }, stop);

    public static async Task<int> ReplayAsync(DeadRequest request, CancellationToken stop)
    {
        var edited = request.Edited is null ? default(JsonElement?) : await ReadAsync(request.Edited, stop);
        return await AtDeskAsync(request, request.DryRun, desk => request.Bus ? ResubmitAsync(desk, request, stop) : ReplayAsync(desk, request, edited, stop), stop);
    }

    public static Task<int> DropAsync(DeadRequest request, CancellationToken stop) => AtDeskAsync(request, false, async desk =>
    {
        var order = new DropOrder
        {
            Ids = Numbers(request), Handler = request.Filter.Handler, Topic = request.Filter.Topic, Space = request.Filter.Space, Since = request.Filter.Since,
            Until = request.Filter.Until, Reason = request.Filter.Reason, All = request.All, DryRun = request.DryRun, Limit = request.Limit,
        };
        var answer = await desk.DropAsync(order, stop);
        Print(request, answer, OperatorJson.Default.DropAnswer, () => ReplayTable.Write(Screen.Out(), answer, desk.Place));
        return answer.Dropped < request.Ids.Count ? Missing(request, answer.Dropped) : ExitCodes.Done;
    }, stop);

    private static async Task<int> ReplayAsync(IDeadLetterDesk desk, DeadRequest request, JsonElement? edited, CancellationToken stop)
    {
        var order = new ReplayOrder
        {
            Ids = Numbers(request), Handler = request.Filter.Handler, Topic = request.Filter.Topic, Space = request.Filter.Space, Since = request.Filter.Since,
            Until = request.Filter.Until, Reason = request.Filter.Reason, All = request.All, DryRun = request.DryRun, Limit = request.Limit, Edited = edited,
        };
        var answer = await desk.ReplayAsync(order, stop);
        Print(request, answer, OperatorJson.Default.ReplayAnswer, () => ReplayTable.Write(Screen.Out(), answer, desk.Place));
        return answer.Asked + answer.Refused < request.Ids.Count ? Missing(request, answer.Asked + answer.Refused)
            : answer.Refused > 0 ? ExitCodes.Failed
            : ExitCodes.Done;
    }

    private static async Task<int> ResubmitAsync(IDeadLetterDesk desk, DeadRequest request, CancellationToken stop)
    {
        var answer = await desk.ResubmitAsync(new BusOrder { Ids = request.Ids.Count == 0 ? null : request.Ids, All = request.All, DryRun = request.DryRun, Limit = request.Limit }, stop);
        Print(request, answer, OperatorJson.Default.BusAnswer, () => BusTable.Write(Screen.Out(), answer));
        return answer.Resubmitted < request.Ids.Count ? Missing(request, answer.Resubmitted) : ExitCodes.Done;
    }

    private static async Task<int> AtDeskAsync(DeadRequest request, bool forecast, Func<IDeadLetterDesk, Task<int>> work, CancellationToken stop)
    {
        try
        {
            await using var chosen = await ChosenDesk.OpenAsync(request.Server, forecast, TimeProvider.System, stop);
            return await work(chosen.Desk);
        }
        catch (OperatorFault fault)
        {
            throw fault.ForPerson();
        }
    }

    private static int Missing(DeadRequest request, int done)
    {
        Console.Error.WriteLine($"error: {request.Ids.Count - done} of those named {(request.Ids.Count - done == 1 ? "is" : "are")} not there or not open any more: ./agent dead show ID says how one stands.");
        return done == 0 ? ExitCodes.Usage : ExitCodes.Failed;
    }

    private static IReadOnlyList<long>? Numbers(DeadRequest request) => request.Ids.Count == 0 ? null : [.. request.Ids.Select(Number)];

    private static long Number(string id) => long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new UserFault($"'{id}' is not the number of a dead letter.", "Dead letters are numbered from 1 on.", "./agent dead list shows their numbers.");

    private static async Task<JsonElement> ReadAsync(string path, CancellationToken stop)
    {
        try
        {
            if (new FileInfo(path) is { Exists: true, Length: > OperatorGate.MostBytes } large)
            {
                throw new UserFault($"{path} has {large.Length} bytes.", $"An event of more than {OperatorGate.MostBytes} is not taken.", "Give a smaller one.");
            }

            using var document = JsonDocument.Parse(await File.ReadAllBytesAsync(path, stop));
            return document.RootElement.Clone();
        }
        catch (JsonException fault)
        {
            throw new UserFault($"{path} is not JSON.", fault.Message, "Give a file that holds one event as Flatfile sends it.", inner: fault);
        }
        catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
        {
            throw new UserFault($"{path} cannot be read.", fault.Message, "Check the name.", inner: fault);
        }
    }

    private static void Print<T>(DeadRequest request, T answer, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> type, Action write)
    {
        if (request.Json)
        {
            PrintedJson.Write(Console.Out, answer, type);
            return;
        }

        write();
    }
}
