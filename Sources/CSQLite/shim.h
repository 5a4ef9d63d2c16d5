#include <sqlite3.h>

// Swift can't call functions with a variable number of arguments; this one is needed with an int.
static inline int bridle_sqlite3_db_config(sqlite3 *database, int option, int value) {
    return sqlite3_db_config(database, option, value, (int *)0);
}
