/* SPDX-License-Identifier: MIT */
/* The parser of problem files reads what Lua reads: texts that are Lua stay Lua
 * when they are rewritten, line for line, and others are refused by Lua, too. */
#include <lauxlib.h>

#include "script/grammar/lexer.h"
#include "script/grammar/rewrite.h"
#include "script/random_lua.h"
#include "tap.h"

enum { MUTATIONS = 30000, WORDS_MOST = 4000 };

/* Every rule of the grammar, every kind of lexeme. */
static const char corpus[] =
    "local a <const>, b <close>, c = 1, nil, ...\n"
    "local function f(x, y, ...) return x, y, ... end\n"
    "function t.a.b:c(z) self[z] = z; return end\n"
    "function g() return; end\n"
    "local h = function(...) local n = select('#', ...) return n end\n"
    "do local d = 0x1F + 0xA.8p-3 - 1e10 + .5 + 3. + 1E-2 + 0X.1P4 // 2 % 3 ^ 2 ^ -1 end\n"
    "t = { 1, 2; x = 1, ['y'] = 2, f(), { }, [1 < 2] = a == b, ... }\n"
    "a, t.b, t[1] = b, c\n"
    "f'string' f\"other\" f[[long]] f{ 1 } f(1)(2).x.y:m(3):n'4' { 5 }\n"
    "local s = 'a\\'b\\\\' .. \"\\z   \n  c\\\n d\" .. [==[ ]] ]=] ]==] .. '\\x41\\u{41}\\065'\n"
    "-- a comment: not a and b < c\n"
    "--[[ a long one\n and ]] --[==[ ]] ]==] local e = 1\n"
    "if a < b and not c or d then f() elseif a == b then g() else h() end\n"
    "while a ~= b do if c then break end end\n"
    "repeat local u = a until u >= b or not u\n"
    "for i = 1, 10 do f(i) end for i = a, b, -1 do end\n"
    "for k, v in pairs(t), nil do if v <= k then goto continue end ::continue:: end\n"
    "do goto done ::done:: end ;;;\n"
    "x = a | b ~ c & d << 1 >> 2 .. 'e' .. 'f' + -1 * #t - ~1 > 3\n"
    "y = (a or b) and (c and d) == not (e < f) or (... )\n"
    "z = a < b == c ~= d and (a > b) >= (c <= d)\n"
    "(f or g)(1) ; (t).x = not a == b\n"
    "return a and b or c, function() return a < b end, ...";

static bool is_lua(lua_State *L, const char *text, size_t length)
{
    bool good = luaL_loadbufferx(L, text, length, "=text", "t") == LUA_OK;
    lua_settop(L, 0);
    return good;
}

static int count_lines(const char *text, size_t length)
{
    int lines = 0;
    for (size_t i = 0; i < length; i++) lines += text[i] == '\n';
    return lines;
}

/* What is wrong with the rewriting of a text, or NULL. */
static const char *check_text(lua_State *L, const char *text, size_t length)
{
    Arena *arena = arena_new();
    Text rewritten = text_new(arena);
    int line;
    RewriteResult result = rewrite_text(&rewritten, &line, text, length, 1 << 28);
    bool lua = is_lua(L, text, length);
    const char *wrong = NULL;
    if (result == REWRITE_REFUSED && lua) wrong = "refused, but Lua reads it";
    if (result == REWRITE_DONE && is_lua(L, rewritten.data, rewritten.length) != lua)
        wrong = lua ? "no longer Lua when rewritten" : "Lua only when rewritten";
    if (result == REWRITE_DONE && count_lines(rewritten.data, rewritten.length) != count_lines(text, length) + 1)
        wrong = "has other lines when rewritten";
    if (wrong) tap_diag("%s", rewritten.data);
    arena_free(arena);
    return wrong;
}

typedef struct Words {
    Lexeme items[WORDS_MOST];
    int count;
} Words;

static Words split(const char *text, size_t length)
{
    Words words = { .count = 0 };
    Lexer lexer = lexer_open(text, length);
    for (Lexeme word; (word = lexer_next(&lexer)).kind > LEX_BAD && words.count < WORDS_MOST;)
        words.items[words.count++] = word;
    return words;
}

static void add_word(Text *text, const Lexeme *word, Random *random)
{
    text_add_bytes(text, corpus + word->start, word->end - word->start);
    text_add(text, random_below(random, 8) ? " " : "\n");
}

static int begin_of_line(const Words *words, int at)
{
    while (at > 0 && words->items[at].line == words->items[at - 1].line) at--;
    return at;
}

/* A stretch of the corpus with words left out, doubled, or exchanged. */
static void mutate(Text *text, const Words *words, Random *random)
{
    int first = begin_of_line(words, random_below(random, words->count));
    int count = begin_of_line(words, random_below(random, words->count)) - first;
    if (count <= 0) count = 1 + random_below(random, 60);
    int chance = random_below(random, 2) ? count + 1 : 4 * count + 1;
    for (int i = first; i < first + count && i < words->count; i++) {
        int change = random_below(random, chance) ? 9 : random_below(random, 3);
        const Lexeme *other = &words->items[random_below(random, words->count)];
        if (change == 0) continue;
        add_word(text, change == 1 ? other : &words->items[i], random);
        if (change == 2) add_word(text, other, random);
    }
}

static void test_mutations(lua_State *L)
{
    Random random = { 54 };
    Words words = split(corpus, sizeof corpus - 1);
    int wrong = 0, read = 0;
    for (int i = 0; i < MUTATIONS; i++) {
        Arena *arena = arena_new();
        Text text = text_new(arena);
        mutate(&text, &words, &random);
        const char *why = check_text(L, text.data, text.length);
        if (why && wrong++ < 5) tap_diag("%s:\n%s", why, text.data);
        read += is_lua(L, text.data, text.length);
        arena_free(arena);
    }
    tap_ok(!wrong, "%d changed texts, of which %d are read otherwise than Lua reads them", MUTATIONS, wrong);
    tap_ok(read > MUTATIONS / 50 && read < MUTATIONS * 9 / 10, "%d of them are Lua", read);
}

/* Every text that ends too early. */
static void test_ends(lua_State *L)
{
    int wrong = 0;
    for (size_t length = 0; length < sizeof corpus; length++) {
        char *text = malloc(length + 1);
        if (!text) exit(99);
        memcpy(text, corpus, length);
        text[length] = '\0';
        const char *why = check_text(L, text, length);
        if (why && wrong++ < 5) tap_diag("%zu: %s", length, why);
        free(text);
    }
    tap_ok(!wrong, "%zu texts that end too early", sizeof corpus);
}

/* Any bytes, as a text that ends right behind them. */
static void test_bytes(lua_State *L)
{
    static const char bytes[] = "ab1.0x\"'[]=-<>~\\\n(){},;:# \0\xC3";
    Random random = { 8 };
    int wrong = 0;
    for (int i = 0; i < 20000; i++) {
        int length = random_below(&random, 12);
        char *text = calloc((size_t)length + 1, 1);
        if (!text) exit(99);
        for (int k = 0; k < length; k++) text[k] = bytes[random_below(&random, sizeof bytes - 1)];
        wrong += check_text(L, text, (size_t)length) != NULL;
        free(text);
    }
    tap_ok(!wrong, "20000 texts of a few bytes");
}

static void says(const char *text, const char *expected)
{
    Arena *arena = arena_new();
    Text rewritten = text_new(arena);
    int line;
    RewriteResult result = rewrite_text(&rewritten, &line, text, strlen(text), 1 << 20);
    const char *body = result == REWRITE_DONE ? strstr(rewritten.data, "(...) ") + strlen("(...) ") : "";
    if (!tap_ok(!strcmp(body, expected), "%s", text)) tap_diag("%s\n%s", expected, body);
    arena_free(arena);
}

/* As rewrite.h shows it. */
static void test_forms(void)
{
    says("x = 1 + 2", "");
    says("x=a<b", "x= L0.lt(a,b,1)\nend");
    says("x = not a", "x =  L0.no( a,1)\nend");
    says("x = a and b and c", "x =  L0.all( L0.all_first(a,1) and  L0.all_next(b,1) and c,1)\nend");
    says("x = a or b", "x =  L0.any( L0.any_first(a,1) or b,1)\nend");
    says("return\"a\"==b", "return L0.eq(\"a\",b,1)\nend");
    says("L0 = L7 ~= 1", "L0 =  L8.ne(L7 , 1,1)\nend");
    says("if a then end", "if  L0.test_if(a,1) then end\nend");
    says("for i = a, b do end", "for i =  L0.initial(a,1),  L0.limit(b,1) do end\nend");
}

int main(void)
{
    lua_State *L = luaL_newstate();
    const char *why = check_text(L, corpus, sizeof corpus - 1);
    tap_ok(!why && !is_lua(L, "x = 1 end", 9), "the corpus: %s", why ? why : "good");
    tap_ok(!check_text(L, "x = 1 < 2 end", 13) && !check_text(L, "x = a < end", 11), "an end too many");
    test_forms();
    test_ends(L);
    test_bytes(L);
    test_mutations(L);
    lua_close(L);
    return tap_done();
}
