/* The English that the check understands: each word that it knows, with what the word claims. */
#include "insight_vocabulary.h"

#include <string.h>

#include <apr_strings.h>

#define WORD_MAX 40

typedef struct {
    sp_word_e class;
    const char *words;
} word_class_t;

/* A word stands once. What is not here is not understood, and a sentence with it is left out: that is how other languages, misspelt numbers, invented names, insults and new words for
 * "up" are kept away. Plain words are those that no number can deny; whoever adds one asks what a liar would do with it. */
static const word_class_t classes[] = {
    {SP_WORD_UP,
     "up high highs rose rise rises risen rising grew grow grows grown growing growth increase increases increased increasing gain gains gained gaining "
     "climb climbs climbed climbing jump jumps jumped jumping leap leaps leapt surge surges surged surging soar soars soared soaring spike spikes "
     "spiked peaked upward upwards improve improves improved improving improvement recover recovers recovered recovering recovery rebound rebounds "
     "rebounded expand expands expanded expanding lift lifts lifted boost boosts boosted higher larger bigger greater more above ahead exceeded exceeds "
     "exceed exceeding outperformed outperform outperforms strong stronger strongly healthy better good well upturn uptick added adding bounce bounced "
     "beyond advance advanced busier beat beats success successful"},
    {SP_WORD_DOWN,
     "down low lows fell fall falls fallen falling drop drops dropped dropping decline declines declined declining decrease decreases decreased "
     "decreasing lose loses lost losing loss losses shrink shrinks shrank shrunk shrinking slip slips slipped slipping slide slides slid sliding dip "
     "dips dipped dipping sink sinks sank sunk sinking plunge plunges plunged tumble tumbles tumbled reduce reduced reduction downward downwards lower "
     "lowered smaller less fewer below under weak weaker weakened weakness bad worse poor poorly quieter quiet slump slumps slumped crash crashed "
     "collapse collapsed downturn setback behind trailed missed short shortfall softer softened dwindled waned faded worsened"},
    {SP_WORD_FLAT, "unchanged flat steady steadily stable constant equal equals equalled same similar stays stayed stay remains remained remain level"},
    {SP_WORD_HIGHEST,
     "record records highest largest biggest greatest best busiest peak peaks maximum max top tops topped strongest lead leads led leading main chief "
     "fastest"},
    {SP_WORD_LOWEST, "lowest smallest fewest least worst minimum min weakest quietest slowest bottom"},
    {SP_WORD_DOUBLED, "double doubles doubled doubling twice twofold"},
    {SP_WORD_HALVED, "halve halves halved halving half"},
    {SP_WORD_STARTED,
     "first start starts started starting began begin begins begun beginning new newly launch launched launches debut introduced joined opened"},
    {SP_WORD_ENDED, "stop stops stopped ended ends ending end finished ceased last final lapsed"},
    {SP_WORD_UNUSUAL,
     "unusual unusually unexpected unexpectedly surprising surprisingly surprise exceptional exceptionally outlier outliers outside odd extraordinary "
     "remarkable remarkably striking standout abnormal out"},
    {SP_WORD_USUAL, "usual usually average averages averaged averaging typical typically ordinary normal normally mean median regular"},
    {SP_WORD_ESTIMATE, "estimate estimates estimated estimating trend trends trending points heading pace"},
    {SP_WORD_FORECAST, "expected expect expects forecast forecasts forecasted predicted prediction likely probably projected projection will"},
    {SP_WORD_LATEST, "latest newest current currently now recent"},
    {SP_WORD_SLIGHT, "slight slightly small modest modestly little marginally somewhat gently"},
    {SP_WORD_STEEP,
     "sharp sharply steep steeply big large considerable considerably substantial substantially significant significantly dramatic dramatically marked "
     "markedly notable notably clear clearly rapid rapidly"},
    {SP_WORD_ABOUT, "about around roughly approximately nearly almost circa"},
    {SP_WORD_NOT,
     "no not never none nobody nothing neither nor without hardly barely scarcely cannot lack lacks lacked failed fails rarely seldom nowhere except "
     "despite instead rather unlike far false untrue wrong unable"},
    {SP_WORD_CAUSE,
     "because cause causes caused causing due thanks owing hence therefore thus so driven drove drives driving reason reasons result results resulted "
     "resulting consequently consequence why attributable attributed explains explained explain fueled fuelled sparked triggered prompted helped hurt "
     "affected impact impacted effect since reflects reflecting reflected"},
    {SP_WORD_QUANTITY,
     "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen twenty thirty "
     "forty fifty sixty seventy eighty ninety hundred hundreds thousand thousands million millions billion billions trillion dozen dozens score couple "
     "pair trio triple tripled triples quadruple quadrupled thrice once second third fourth fifth sixth seventh eighth ninth tenth tenfold threefold "
     "fourfold fivefold manifold quarters several some many much most mostly majority minority few every each both all any only just alone sole single "
     "bulk entire entirely whole wholly multiple numerous countless plenty lots lot mainly largely primarily exactly always everyone everybody anyone "
     "enough too very fraction percentile unit nil other others another"},
    {SP_WORD_WHEN,
     "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays thursdays fridays saturdays sundays weekend weekends "
     "yesterday today tomorrow tonight ago january february march april may june july august september october november december jan feb mar apr jun "
     "jul aug sep sept oct nov dec spring summer autumn winter christmas easter lent pentecost advent thanksgiving holiday holidays noon midnight "
     "decade decades century hour hours minute minutes previous prior past next upcoming following earlier later recently lately soon already yet until "
     "till fortnight annually afterwards meanwhile again still continue continues continued keeps kept"},
    {SP_WORD_PERHAPS, "if or could might would whether unless maybe perhaps possibly possible seems seemed appear appears appeared suggest suggests can"},
    {SP_WORD_VIEWERS, "viewer viewers viewing viewership audience audiences"},
    {SP_WORD_WEEKS, "week weeks weekly"},
    {SP_WORD_DAYS, "day days daily"},
    {SP_WORD_PERIOD, "month months monthly quarter quarterly year years yearly annual"},
    {SP_WORD_THINGS, "service services program programs programme programmes platform platforms channel channels event events edition editions stream streams"},
    {SP_WORD_PERCENT, "percent percentage percentages pct cent"},
    {SP_WORD_TIMES, "times fold factor"},
    {SP_WORD_MISSING, "gap gaps missing blank blanks interruption break"},
    {SP_WORD_PLAIN,
     "a an the this that these those it its they them their there here which who whose what where when we our us you your he she his her is are was "
     "were be been being has have had having do does did done of in on at to for from by with within into across through throughout during between "
     "among along over per as than like via off against and but while whereas although though also even then however number numbers figure figures "
     "count counts counted total totals share part data sheet table upload uploads history dashboard chart report show shows shown showed see saw seen "
     "watch reach reached reaches reaching make makes made making bring brings brought bringing come comes came coming go goes went gone stand take "
     "takes took taken taking give gives gave given keep get gets got hold holds held find found finds say says said tell tells told draw draws drew "
     "drawn run runs ran use used uses follow followed set sets put puts post account accounts accounted attract attracted attracts change changed "
     "changes difference compare compared comparing comparison counting range ranges ranging interval direction pattern side hand view note look viewed "
     "online special own overall together altogether row time line place point base size measure measured measures reported received drawing "
     "earned earns contributed contributes way contrast turnout attendance reading value values before after known read streamed aired broadcast write "
     "needed stood stands back carry carried carries such"},
    {SP_WORD_ADVICE,
     "consider check ask plan promote remind invite announce test try repeat review mention link schedule prepare encourage message reminder title "
     "topic thumbnail clip notification newsletter team editor leader media technical problem camera host speaker guest sermon page learn understand "
     "confirm fill enter complete correct worth should recording conference prayer invitation greeting mind focus effort attention material study idea "
     "step useful help think remember decide choose prefer publish whatever anything different question future advert announcement description playlist "
     "archive replay subscribe visit welcome setting settings sound picture quality"},
};

static const char *const small_numbers[] = {"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"};

static void take_words(apr_pool_t *p, apr_hash_t *vocabulary, const word_class_t *row)
{
    for (const char *at = row->words; *at;) {
        apr_size_t len = strcspn(at, " ");
        if (len > 0) {
            apr_hash_set(vocabulary, at, (apr_ssize_t)len, &row->class);
        }
        at += len + (at[len] == ' ');
    }
}

apr_hash_t *sp_insight_vocabulary_make(apr_pool_t *p)
{
    apr_hash_t *vocabulary = apr_hash_make(p);

    for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++) {
        take_words(p, vocabulary, &classes[i]);
    }
    return vocabulary;
}

static sp_word_e class_of(const apr_hash_t *vocabulary, const char *word, apr_size_t len)
{
    const sp_word_e *class = len > 0 ? apr_hash_get((apr_hash_t *)vocabulary, word, (apr_ssize_t)len) : NULL;
    return class ? *class : SP_WORD_UNKNOWN;
}

static int may_bend(sp_word_e class)
{
    return class == SP_WORD_PLAIN || class == SP_WORD_ADVICE;
}

/* The class of word without its ending, with add after what is left. */
static sp_word_e class_without(const apr_hash_t *vocabulary, const char *word, apr_size_t len, const char *ending, const char *add)
{
    char stem[WORD_MAX + 2];
    apr_size_t cut = strlen(ending);

    if (len < cut + 3 || len > WORD_MAX || memcmp(word + len - cut, ending, cut) != 0) {
        return SP_WORD_UNKNOWN;
    }
    memcpy(stem, word, len - cut);
    memcpy(stem + len - cut, add, strlen(add));
    sp_word_e class = class_of(vocabulary, stem, len - cut + strlen(add));
    return may_bend(class) ? class : SP_WORD_UNKNOWN;
}

sp_word_e sp_insight_vocabulary_class(const apr_hash_t *vocabulary, const char *word, apr_size_t len)
{
    static const char *const endings[][2] = {{"s", ""}, {"es", ""}, {"ed", ""}, {"d", ""}, {"ing", ""}, {"ing", "e"}};
    sp_word_e class = class_of(vocabulary, word, len);

    for (size_t i = 0; class == SP_WORD_UNKNOWN && i < sizeof(endings) / sizeof(endings[0]); i++) {
        class = class_without(vocabulary, word, len, endings[i][0], endings[i][1]);
    }
    return class;
}

int sp_insight_vocabulary_number(const char *word, apr_size_t len)
{
    for (int i = 0; i < (int)(sizeof(small_numbers) / sizeof(small_numbers[0])); i++) {
        if (strlen(small_numbers[i]) == len && memcmp(word, small_numbers[i], len) == 0) {
            return i;
        }
    }
    return -1;
}
