using System.Text.Json;
using Flatfile.Agent.Handlers.Webhooks;

namespace Flatfile.Agent.Handlers.Egress;

/// <summary>A receiver's answer in the form of Flatfile's rejection protocol.</summary>
internal sealed record RejectionAnswer
{
    /// <summary>Null when nothing is rejected.</summary>
    public Rejections? Rejections { get; set; }

    /// <summary>Reads an answer; one in another form, or none at all, rejects nothing.</summary>
    /// <exception cref="WebhookRefusedException">It rejects something and cannot be read.</exception>
    public static Rejections? Read(ReadOnlyMemory<byte> answer)
    {
        try
        {
            return JsonSerializer.Deserialize(answer.Span, EgressJson.Default.RejectionAnswer)?.Rejections;
        }
        catch (JsonException) when (!LooksLikeRejections(answer.Span))
        {
            return null;
        }
        catch (JsonException fault)
        {
            throw new WebhookRefusedException(
                $"The receiver took a page and rejects rows of it in a form that cannot be read (at {fault.Path ?? "its start"}). Answer with "
                + """{"rejections":{"sheets":[{"sheetId":"…","rejectedRecords":[{"id":"…","values":[{"field":"…","message":"…"}]}]}]}}.""", fault);
        }
    }

    /// <summary>An answer that means to reject and cannot be read must not pass as a consent.</summary>
    private static bool LooksLikeRejections(ReadOnlySpan<byte> answer) => answer.IndexOf("\"rejections\""u8) >= 0;
}
