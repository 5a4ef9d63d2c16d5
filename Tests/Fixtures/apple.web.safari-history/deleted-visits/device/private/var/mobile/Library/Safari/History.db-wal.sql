PRAGMA secure_delete=OFF;
DELETE FROM history_visits WHERE id IN (3, 4);
DELETE FROM history_items WHERE id IN (2, 3, 4);
UPDATE history_visits SET title = 'Another title' WHERE id = 5;
