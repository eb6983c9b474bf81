using System.Text.Json.Nodes;
using Flatfile.Spaces.Http;

namespace Flatfile.Spaces.Resources;

/// <summary>Answers in the form a resource has them.</summary>
internal static class Answers
{
    /// <summary>One body: under <c>data</c>, or at the top and under <c>data</c>.</summary>
    public static Answer One(JsonObject body, Bare bare) => bare.HasFlag(Bare.One) ? Both(body) : Answer.Data(body);

    /// <summary>Several bodies.</summary>
    public static Answer Many(IReadOnlyList<JsonObject> bodies, Bare bare, PageQuery? page = null, long? total = null)
    {
        if (!bare.HasFlag(Bare.List))
        {
            return Answer.List(bodies, page, total);
        }

        return Answer.Json(writer =>
        {
            writer.WriteStartArray();
            foreach (var body in bodies)
            {
                body.WriteTo(writer);
            }

            writer.WriteEndArray();
        });
    }

    /// <summary>Something is gone.</summary>
    public static Answer Done(Bare bare) => bare.HasFlag(Bare.Delete) ? Both(new JsonObject { ["success"] = true }) : Answer.Success;

    /// <summary>Some callers read members at the top, some under <c>data</c>: they stand in both places.</summary>
    public static Answer Both(JsonObject body) => Answer.Json(writer =>
    {
        writer.WriteStartObject();
        foreach (var (member, value) in body.Where(one => one.Key != "data"))
        {
            writer.WritePropertyName(member);
            if (value is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                value.WriteTo(writer);
            }
        }

        writer.WritePropertyName("data");
        body.WriteTo(writer);
        writer.WriteEndObject();
    });
}
